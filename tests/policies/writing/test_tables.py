"""A new table has room to write; cells may stay empty, and one without any word is no part of the policy."""

import pytest
from wagtail.blocks import StreamValue

from policies.texts.document import Table
from policies.versions.freezing import document_from
from policies.writing.blocks import TextBlocks


def preamble_with(*rows, headings=("", "")) -> StreamValue:
    columns = [{"type": "words", "heading": heading} for heading in headings]
    value = {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": ""}
    return TextBlocks().to_python([{"type": "table", "value": value, "id": "4a1b3c8e-0000-4000-8000-000000000001"}])


def tables_of(preamble: StreamValue) -> list[Table]:
    return [block for block in document_from("Policy", preamble, []).preamble if isinstance(block, Table)]


def test_a_new_table_has_two_columns_and_two_rows():
    table = TextBlocks().child_blocks["table"].get_default()
    assert (len(table.columns), [len(row) for row in table.rows]) == (2, [2, 2])


def test_a_cell_may_stay_empty():
    preamble = preamble_with(("<p>What</p>", ""), ("", "<p>Why</p>"))
    TextBlocks().clean(preamble)
    (table,) = tables_of(preamble)
    assert [[bool(cell) for cell in row] for row in table.rows] == [[True, False], [False, True]]


@pytest.mark.parametrize("rows", [[("", ""), ("", "")], [("<p></p>", ""), ("", "<p> </p>")], []])
def test_a_table_that_was_left_empty_is_no_part_of_the_policy(rows):
    assert tables_of(preamble_with(*rows)) == []


def test_a_table_of_headings_alone_is_kept():
    assert len(tables_of(preamble_with(headings=("What", "Why")))) == 1
