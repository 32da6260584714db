"""Turns the pieces of a redline into HTML: marked for eyes, for ears and for whoever copies the words."""

from collections.abc import Iterable
from dataclasses import replace

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from policies.reading.redline_notes import looks_of, notes_on
from policies.templatetags.policy_text import plain, words
from policies.texts.document import Run, Runs
from policies.texts.redline import AnyChange, CellChange, Piece, RowChange, TableChange

register = template.Library()

TAGS = {"inserted": "ins", "deleted": "del"}
SPOKEN = {"inserted": _("added"), "deleted": _("removed")}
TABLES = {"inserted": _("table added"), "deleted": _("table removed")}
ROWS = {"inserted": _("row added"), "deleted": _("row removed")}
COLUMNS = {"inserted": _("column added"), "deleted": _("column removed")}
_SIDES = {"old": "inserted", "new": "deleted"}


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Return both sides of a line in one, what was added and removed marked for eyes, ears and plain text."""
    return _joined(pieces, spoken=True)


@register.filter
def marked_silently(pieces: Iterable[Piece]) -> SafeString:
    """The same where a heading or a row has said already that all of this was added or removed."""
    return _joined(pieces, spoken=False)


@register.filter
def old_side(pieces: Iterable[Piece]) -> SafeString:
    """Return the old line alone, with what was removed from it marked."""
    return _joined(map(_before, (piece for piece in pieces if piece.op != "inserted")), spoken=True)


@register.filter
def new_side(pieces: Iterable[Piece]) -> SafeString:
    """Return the new line alone, with what was added to it, or looks otherwise in it, marked."""
    return _joined((piece for piece in pieces if piece.op != "deleted"), spoken=True)


@register.filter
def heading_words(pieces: Iterable[Piece]) -> str:
    """Return a heading that stayed, without markup."""
    return plain(tuple(run for piece in pieces for run in piece.runs))


@register.filter
def notes(change: AnyChange) -> list[str]:
    return notes_on(change)


@register.filter
def table_in(change: TableChange, side: str) -> SafeString:
    """Return a table of a redline: "both" in one, or the "old" or the "new" one alone."""
    left_out = _SIDES.get(side, "")
    caption = _caption(change, side, left_out)
    head = _row(change.header, change, side, left_out)
    body = "".join(_row(row, change, side, left_out) for row in change.rows if row.op != left_out)
    return format_html(
        "<table>{}<thead>{}</thead><tbody>{}</tbody></table>",
        caption, mark_safe(head), mark_safe(body),  # noqa: S308  (made of escaped parts)
    )  # fmt: skip


def _caption(change: TableChange, side: str, left_out: str) -> SafeString:
    pieces = [piece for piece in change.caption if piece.op != left_out]
    spoken = SPOKEN.get(change.op)
    if not pieces and not spoken:
        return SafeString()
    said = format_html('<span class="spoken" dir="ltr">[{}] </span>', TABLES[change.op]) if spoken else ""
    return format_html("<caption>{}{}</caption>", said, _cell_words(pieces, side, spoken=not spoken))


def _row(row: RowChange, table: TableChange, side: str, left_out: str) -> str:
    """Return one row; a row or column that was added or removed as a whole says so once, in its first cell."""
    columns = zip(row.cells, table.columns, table.header.cells, strict=True)
    standing = ((cell, op, heading) for cell, op, heading in columns if op != left_out)
    is_head, whole = row is table.header, row.op in SPOKEN
    cells = []
    for number, (cell, column, heading) in enumerate(standing):
        html = _cell_words(cell.pieces, side, spoken=not (whole or column in SPOKEN))
        if whole and not number and table.op not in SPOKEN:
            html = format_html("{}{}", mark_safe(_unseen(f"[{ROWS[row.op]}] ")), html)  # noqa: S308
        elif is_head and column in SPOKEN:
            html = format_html("{}{}", mark_safe(_unseen(f"[{COLUMNS[column]}] ")), html)  # noqa: S308
        cells.append(_cell(cell, html, "" if is_head else _label(heading, left_out), is_head=is_head))
    return f"<tr>{''.join(cells)}</tr>"


def _label(heading: CellChange, left_out: str) -> str:
    """Return the heading of a column in words, for narrow screens: the new one where both are shown."""
    pieces = [piece for piece in heading.pieces if piece.op != (left_out or "deleted")] or heading.pieces
    return plain(tuple(run for piece in pieces for run in piece.runs))


def _cell(cell: CellChange, html: SafeString, label: str, *, is_head: bool) -> str:
    tag = "th" if is_head and html else "td"
    attribute = ' scope="col"' if tag == "th" else format_html(' data-label="{}"', label) if label else ""
    return f'<{tag}{attribute} class="cell--{cell.op}" dir="auto">{html}</{tag}>'


def _cell_words(pieces: Iterable[Piece], side: str, *, spoken: bool) -> SafeString:
    if side == "both":
        return _joined(pieces, spoken=spoken)
    kept = [piece for piece in pieces if piece.op != _SIDES[side]]
    return _joined(map(_before, kept) if side == "old" else kept, spoken=spoken)


def _before(piece: Piece) -> Piece:
    return Piece("same", piece.before) if piece.op == "restyled" else piece


def _joined(pieces: Iterable[Piece], *, spoken: bool) -> SafeString:
    return mark_safe("".join(_piece(piece, spoken=spoken) for piece in pieces))  # noqa: S308  (each is escaped)


def _piece(piece: Piece, *, spoken: bool) -> str:
    """Mark the words of a piece; what separates them from those before stays outside of the mark."""
    if piece.op == "same":
        return words(piece.runs)
    separator, runs = _apart(piece.runs)
    html: str = words(runs)
    if piece.op == "restyled":
        said = escape("; ".join(looks_of(piece)))
        return f'{separator}<span class="restyled">{html}</span> <span class="redline__note" dir="ltr">[{said}]</span>'
    if spoken:
        html = f"{_unseen(f'[{SPOKEN[piece.op]}: ')}{html}{_unseen(f'{_scripts_told(runs)}]')}"
    return f"{separator}<{TAGS[piece.op]}>{html}</{TAGS[piece.op]}>"


def _unseen(text: str) -> str:
    return f'<span class="spoken" dir="ltr">{escape(text)}</span>'


def _scripts_told(runs: Runs) -> str:
    """Return the words again where some are raised or lowered, which is not heard: 10³ and 103 sound the same."""
    return f" ({plain(runs)})" if any(run.script for run in runs) else ""


def _apart(runs: Runs) -> tuple[str, Runs]:
    """Return the HTML of what separates the words from those before, and the words."""
    first, *rest = runs
    text = first.text.lstrip()
    separator = words((Run(first.text[: len(first.text) - len(text)]),)) if len(text) < len(first.text) else ""
    return separator, ((replace(first, text=text), *rest) if text else tuple(rest))
