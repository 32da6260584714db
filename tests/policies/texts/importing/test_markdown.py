"""Markdown: sections, nested clauses, tables, definitions, notices and contacts."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    inline,
)
from policies.texts.importing import UnreadablePolicy, read_policy

DEMO = sorted((Path(__file__).parents[3] / "home/demo_policies").glob("*.md"))


def blocks(got, section=0):
    return got.document.sections[section].blocks


def test_title_preamble_and_sections(read, shown):
    got = read("p.md", "# The title\n\nBefore\n\n## 1. First\n\nwords\n\n## Second *one*\n\nmore\n")
    assert shown(got.document) == ["The title", "Before", "1. First", "words", "2. Second one", "more"]
    assert got.document.sections[1].heading == (Run("Second "), Run("one", emphasis=True))
    assert got.report.numbers == 1
    assert got.report.is_complete


def test_lists_nest_and_keep_their_kind(read):
    got = read("p.md", "## A\n\n1. one\n   1. inner\n      1. deep\n2. two\n\n- point\n  - below\n")
    assert blocks(got) == (
        Clauses((Clause(inline("one"), (Clause(inline("inner"), (Clause(inline("deep")),)),)), Clause(inline("two")))),
        Bullets((Bullet(inline("point"), (Bullet(inline("below")),)),)),
    )
    assert got.report.numbers == 4
    assert got.report.is_complete


def test_pipe_tables(read):
    got = read("p.md", "## A\n\n| Name | Use |\n|---|---|\n| a | **b** |\n| c | |\n")
    header = (inline("Name"), inline("Use"))
    rows = ((inline("a"), inline(Run("b", strong=True))), (inline("c"), ()))
    assert blocks(got) == (Table(header, rows),)


def test_definition_lists(read):
    got = read("p.md", "## A\n\nTerm\n: its *meaning*\n\nOther\n: one\nline more\n: two\n\nNo term: here\n")
    assert blocks(got) == (
        Definitions((
            Definition(inline("Term"), inline("its ", Run("meaning", emphasis=True))),
            Definition(inline("Other"), inline("one line more\u2028two")),
        )),
        Paragraph(inline("No term: here")),
    )  # fmt: skip


def test_a_quote_is_a_notice_and_its_bold_first_line_the_heading(read):
    got = read("p.md", "## A\n\n> **Mind this**\n> It matters.\n>\n> Really.\n\ntext\n\n> only\n> words\n")
    assert blocks(got) == (
        Notice(inline("Mind this"), (inline("It matters."), inline("Really."))),
        Paragraph(inline("text")),
        Notice((), (inline("only\u2028words"),)),
    )


def test_a_quote_that_begins_with_contact_is_a_contact(read):
    got = read(
        "p.md", "# T\n\n## A\n\n> **Contact**\n> Plum\n> 1 Road\n> SG4\n> Email: a@b.example\n> Telephone: 0123 4\n"
    )
    assert blocks(got) == (Contact("Plum", ("1 Road", "SG4"), "a@b.example", "0123 4"),)
    assert got.report.is_complete
    assert [change.what for change in got.report.changes] == [
        "the line that marks a contact box",
        "the label of a contact line",
        "the label of a contact line",
    ]


def test_deeper_headings_become_bold_paragraphs_and_are_reported(read):
    got = read("p.md", "# T\n\n## A\n\n### Deep\n\nwords\n\n## B\n\nmore\n")
    assert blocks(got) == (Paragraph((Run("Deep", strong=True),)), Paragraph(inline("words")))
    assert any("bold paragraphs: 1" in remark for remark in got.report.remarks)


def test_links_keep_only_addresses_that_work(read):
    got = read("p.md", "## A\n\n[a](/x) [b](https://y.example) [c](page.html) [d](#e) [f](javascript:g)\n")
    assert [run.href for run in blocks(got)[0].runs if run.href] == ["/x", "https://y.example"]
    assert any("plain words" in remark for remark in got.report.remarks)
    assert got.report.is_complete


def test_a_heading_whose_number_changes_is_reported(read):
    got = read("p.md", "## 1. One\n\na\n\n## 3. Three\n\nb\n")
    assert got.document.sections[1].heading == inline("Three")
    assert any('"Three" had number 3 and is section 2' in remark for remark in got.report.remarks)


def test_a_number_that_is_part_of_a_heading_stays(read):
    got = read("p.md", "## 7 days to cancel\n\na\n\n## 2024 figures\n\nb\n")
    assert [section.heading for section in got.document.sections] == [
        inline("7 days to cancel"),
        inline("2024 figures"),
    ]


def test_one_section_is_enough_and_none_is_not(read):
    assert read("p.md", "## Only\n\nwords\n").document.sections == (
        Section(inline("Only"), (Paragraph(inline("words")),)),
    )
    with pytest.raises(UnreadablePolicy, match="No section"):
        read("p.md", "Title\n=====\n\nwords\n")


def test_cells_beyond_the_header_are_missed_not_hidden(read):
    got = read("p.md", "## A\n\n| a | b |\n|---|---|\n| c | d | extra |\n")
    assert got.report.unexplained == {"extra": 1}


def test_nesting_deeper_than_the_parser_goes_is_missed_not_hidden(read):
    got = read("p.md", "## A\n\nwords\n\n" + "> " * 100 + "deep\n")
    assert got.report.unexplained == {"deep": 1}


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.name)
def test_the_texts_of_the_demo_lose_nothing(path):
    report = read_policy(path).report
    assert report.is_complete, report.as_text()
    assert not [change for change in report.changes if "contact box" not in change.what]


PIECES = st.sampled_from(
    ["word", "other_one", "**b**", "*i*", "a**b**c", "[t](/x)", "`c`", "# H", "## H", "- ", "1. ", "> ", "\n", "\n\n",
     "\n\n| a | b |\n|---|---|\n| c |\n\n", "Term\n: mean", "  ", "<b>", "&amp;", "\\*", "***", "---", "!", "5%", "é",
     "<!--", "-->", "<br>", "<sup>", "</sup>", "~~", "^2^", "~x~", "{#a}", "[^1]", "<name>", "</b>", "[a]: /b",
     "[ ]", "{--", "--}"]
)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_no_markdown_loses_a_word(read, text):
    got = read("p.md", f"## Start\n\n{text}\n\nend\n\n## Last\n\nwords\n", struck="drop")
    assert got.report.is_complete, got.report.as_text()
