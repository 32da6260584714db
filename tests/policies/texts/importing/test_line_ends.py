"""Line ends that are meant are kept in Markdown and plain text; those that are not are blanks."""

import pytest

from policies.texts.document import LINE_BREAK

ADDRESS = ["Acme Rowing Ltd", "3 River Street", "Boatham"]


@pytest.mark.parametrize("end", ["  \n", "\\\n", "<br>\n", "<br/>", "   \n", "<br />\n\n".replace("\n\n", "\n")])
def test_line_ends_of_markdown_are_kept(read, end):
    got = read("p.md", f"# Oars\n\n## Contact\n\n{end.join(ADDRESS)}\n")
    assert got.document.sections[0].blocks[0].runs[0].text == LINE_BREAK.join(ADDRESS)
    assert got.report.is_complete


def test_a_line_end_without_a_mark_is_a_blank_in_markdown(read):
    got = read("p.md", "# Oars\n\n## Contact\n\nThis line goes on\nhere.\n")
    assert got.document.sections[0].blocks[0].runs[0].text == "This line goes on here."


def test_an_address_in_plain_text_keeps_its_lines(read):
    got = read("p.txt", "Oars\n\n1. Contact\n\nWrite to us.\n\n" + "\n".join(ADDRESS) + "\n\nThank you.\n")
    assert [block.runs[0].text for block in got.document.sections[0].blocks] == [
        "Write to us.", LINE_BREAK.join(ADDRESS), "Thank you.",
    ]  # fmt: skip
    assert got.report.is_complete


def test_sentences_below_each_other_are_paragraphs(read):
    got = read("p.txt", "Oars\n\n1. Contact\n\nWe row.\nYou row.\nThey row.\n")
    assert len(got.document.sections[0].blocks) == 3
