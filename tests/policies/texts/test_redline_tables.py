"""Tables in a redline: compared as tables, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.texts.document import Paragraph, Run, Table, inline
from policies.texts.redline import TableChange
from tests.making.redlines import changes, paragraphs, shown

HEADER = ("What we keep", "How long")
ROWS = (("Name of the rower", "6 years"), ("Weight at the scales", "1 season"), ("Blood group", "30 days"))


def table(*rows, header=HEADER, caption=""):
    return Table(_cells(header), tuple(map(_cells, rows)), inline(caption))


def _cells(texts):
    return tuple(inline(text) for text in texts)


def redlined(old, new):
    """Return the one table of two, as (op of the row, cells) for its header and its rows."""
    (change,) = changes([old], [new])
    assert isinstance(change, TableChange)
    return [(row.op, [shown(cell.pieces) for cell in row.cells]) for row in (change.header, *change.rows)], change


def test_a_changed_cell_is_marked_in_its_cell_alone():
    rows, _ = redlined(table(*ROWS), table(ROWS[0], (ROWS[1][0], "2 seasons"), ROWS[2]))
    assert rows == [
        ("same", list(HEADER)),
        ("same", list(ROWS[0])),
        ("changed", ["Weight at the scales", "[-1 season-]{+2 seasons+}"]),
        ("same", list(ROWS[2])),
    ]


def test_an_added_column_marks_no_word_of_the_others():
    new = table(*((*row, "contract") for row in ROWS), header=(*HEADER, "Why we may"))
    rows, change = redlined(table(*ROWS), new)
    assert change.columns == ("same", "same", "inserted")
    assert rows[0] == ("same", [*HEADER, "{+Why we may+}"])
    assert all(row == ("same", [*texts, "{+contract+}"]) for row, texts in zip(rows[1:], ROWS, strict=True))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_column_is_added_and_removed_wherever_it_stands(place):
    wide = [[*row[:place], f"note {n}", *row[place:]] for n, row in enumerate(ROWS)]
    wide_table = table(*wide, header=[*HEADER[:place], "Notes", *HEADER[place:]])
    added, removed = redlined(table(*ROWS), wide_table)[1], redlined(wide_table, table(*ROWS))[1]
    for change, op in ((added, "inserted"), (removed, "deleted")):
        assert change.columns.count(op) == 1
        assert change.columns[place] == op
        assert all(cell.op in ("same", op) for row in change.rows for cell in row.cells)
    assert added.count("column", "inserted") == removed.count("column", "deleted") == 1


def test_a_column_with_another_heading_is_the_same_column():
    rows, change = redlined(table(*ROWS), table(*ROWS, header=("What we keep", "Kept for")))
    assert change.columns == ("same", "same")
    assert rows[0] == ("changed", ["What we keep", "[-How long-]{+Kept for+}"])


def test_rows_added_and_removed_are_rows():
    rows, change = redlined(table(*ROWS), table(ROWS[0], ROWS[2], ("Photograph for the pass", "until you leave")))
    assert [op for op, _ in rows] == ["same", "same", "deleted", "same", "inserted"]
    assert (change.count("row", "inserted"), change.count("row", "deleted")) == (1, 1)


def test_a_removed_row_has_no_cell_in_an_added_column():
    new = table(*((*row, "contract") for row in ROWS[:2]), header=(*HEADER, "Why we may"))
    _, change = redlined(table(*ROWS), new)
    assert [cell.op for cell in change.rows[-1].cells] == ["deleted", "deleted", "none"]


def test_a_row_is_found_by_its_first_cell_when_all_else_is_new():
    rows, _ = redlined(table(("Fees", "ten pounds")), table(("Fees", "what each lesson costs us")))
    assert rows[1] == ("changed", ["Fees", "[-ten pounds-]{+what each lesson costs us+}"])


def test_a_word_that_went_to_another_cell_is_marked_in_both():
    rows, _ = redlined(table(("towels and soap", "ours")), table(("towels", "and soap ours")))
    assert rows[1] == ("changed", ["towels[- and soap-]", "{+and soap+} ours"])


def test_a_changed_title_of_a_table_is_marked():
    _, change = redlined(table(*ROWS, caption="What we keep in May"), table(*ROWS, caption="What we keep in June"))
    assert shown(change.caption) == "What we keep in[- May-]{+ June+}"


def test_a_changed_link_in_a_cell_marks_no_word():
    old, new = (Table(_cells(HEADER), ((inline(Run("Fees", href=href)), inline("x")),)) for href in ("/a/", "/b/"))
    rows, _ = redlined(old, new)
    assert rows[1] == ("changed", ["<Fees>", "x"])


def test_tables_that_have_nothing_in_common_stand_one_after_the_other():
    other = table(("Monday", "at noon"), header=("Day", "Hour"))
    assert [change.op for change in changes([table(*ROWS)], [other])] == ["deleted", "inserted"]


def test_a_table_is_no_line_even_with_the_same_words():
    found = changes([table(("a",), header=("b",))], [Paragraph(inline("b a"))])
    assert [(change.kind, change.op) for change in found] == [("table", "deleted"), ("paragraph", "inserted")]


def test_a_table_moved_past_a_paragraph_keeps_the_paragraph():
    text = paragraphs("These are the things that we keep of everybody who rows.")
    found = changes([*text, table(*ROWS)], [table(*ROWS), *text])
    assert sorted((change.kind, change.op) for change in found) in (
        [("paragraph", "deleted"), ("paragraph", "inserted"), ("table", "same")],
        [("paragraph", "same"), ("table", "deleted"), ("table", "inserted")],
    )


words = st.lists(st.sampled_from(["boat", "oar", "30", "days", "not", "a|b", ""]), max_size=4).map(" ".join)


@st.composite
def table_pairs(draw):
    """A table, and the same with cells, rows and columns changed."""
    width = draw(st.integers(1, 4))
    header = [draw(words) for _ in range(width)]
    rows = draw(st.lists(st.lists(words, min_size=width, max_size=width), max_size=4))
    new_header, new_rows = header[:], [row[:] for row in rows]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(new_header)))
        if len(new_header) > 1 and at < len(new_header) and draw(st.booleans()):
            for line in (new_header, *new_rows):
                line.pop(at)
        else:
            for line in (new_header, *new_rows):
                line.insert(at, draw(words))
    for row in new_rows:
        if draw(st.booleans()):
            row[draw(st.integers(0, len(row) - 1))] = draw(words)
    if draw(st.booleans()):
        new_rows.insert(draw(st.integers(0, len(new_rows))), [draw(words) for _ in new_header])
    return table(*rows, header=header), table(*new_rows, header=new_header)


@given(table_pairs())
def test_either_table_is_in_the_redline_cell_by_cell(pair):
    for change in changes(*([side] for side in pair)):
        for table_, left_out, other in zip(pair, ("inserted", "deleted"), ("deleted", "inserted"), strict=True):
            if change.op == left_out:
                continue
            standing = [row for row in change.rows if row.op != left_out]
            kept = [number for number, op in enumerate(change.columns) if op != left_out]
            texts = [
                [text(row.cells[number].pieces, left_out) for number in kept] for row in (change.header, *standing)
            ]
            assert texts == [[text_of(cell) for cell in row] for row in (table_.header, *table_.rows)], other


def text(pieces, left_out):
    return "".join(piece.text for piece in pieces if piece.op != left_out).strip()


def text_of(runs):
    return "".join(run.text for run in runs)
