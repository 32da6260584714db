"""Redlines written as text for tests: [-removed-], {+added+} and <restyled> words."""

from policies.texts.document import Document, Paragraph, inline
from policies.texts.redline import TableChange, compare

MARKS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}", "restyled": "<{}>"}


def shown(pieces):
    return "".join(MARKS[piece.op].format(piece.text) for piece in pieces)


def with_blocks(*blocks):
    return Document("Boat rules", tuple(blocks), ())


def changes(old, new):
    """Return the lines and tables of two lists of blocks compared."""
    return compare(with_blocks(*old), with_blocks(*new)).preamble.lines


def paragraphs(*texts):
    return [Paragraph(inline(text)) for text in texts]


def redlined(old, new):
    """Return each line of two texts of one paragraph, marked."""
    return [shown(line.pieces) for line in changes(paragraphs(old), paragraphs(new))]


def pieces_in(change):
    """Yield the pieces of a line, or those of each cell of a table."""
    if isinstance(change, TableChange):
        yield change.caption
        yield from (cell.pieces for row in (change.header, *change.rows) for cell in row.cells)
    else:
        yield change.pieces
