"""Texts without headings: titles in all but name are found and told; with none, the text comes in when asked to."""

import pytest

from policies.texts.importing import UnreadablePolicy

TEXTS = {
    "p.txt": "We row.\n\nYou may row, too.\n",
    "p.md": "We row.\n\nYou may row, too.\n",
    "p.html": "<p>We row.</p><p>You may row, too.</p>",
}


@pytest.mark.parametrize(("name", "text"), TEXTS.items())
def test_a_text_without_headings_comes_in_as_one_section_when_asked_to(read, shown, name, text):
    with pytest.raises(UnreadablePolicy, match="--one-section"):
        read(name, text)
    got = read(name, text, one_section="Rowing", title="Oars")
    assert shown(got.document) == ["Oars", "1. Rowing", "We row.", "You may row, too."]
    assert got.report.is_complete
    assert "the heading of the one section" in [change.what for change in got.report.changes]


def test_a_word_file_without_headings_comes_in_when_asked_to(docx, tmp_path, shown):
    from policies.texts.importing import read_policy

    path = docx.add("We row.").add("You may, too.").write(tmp_path / "p.docx")
    got = read_policy(path, one_section="Rowing")
    assert shown(got.document)[1:] == ["1. Rowing", "We row.", "You may, too."]


def test_a_heading_of_blanks_is_none(read):
    with pytest.raises(UnreadablePolicy):
        read("p.txt", TEXTS["p.txt"], one_section="  ")


def test_a_text_with_sections_keeps_them(read, shown):
    got = read("p.md", "# Oars\n\n## Sheds\n\nOpen.\n", one_section="Rowing")
    assert shown(got.document) == ["Oars", "1. Sheds", "Open."]


def test_lines_that_stand_alone_are_titles_and_told(read, shown):
    text = (
        "Oar rules\n\nWho may row\n\nAnyone may row, if she can swim.\n\nWhat it costs\n\nTen pounds a year.\n\n"
        "Write to:\n\nAcme Rowing\n3 River Street\nBoatham\n\nNot 7 days, but 14\n"
    )
    got = read("p.txt", text)
    assert shown(got.document) == [
        "Oar rules", "1. Who may row", "Anyone may row, if she can swim.", "2. What it costs", "Ten pounds a year.",
        "Write to:", "Acme Rowing\u20283 River Street\u2028Boatham", "Not 7 days, but 14",
    ]  # fmt: skip
    assert any("Who may row; What it costs" in remark for remark in got.report.remarks)
    assert got.report.is_complete


@pytest.mark.parametrize("name", ["p.md", "p.html"])
def test_bold_lines_are_titles_and_told(read, shown, name):
    lines = ["We row.", "<b>Who may row</b>", "Anyone.", "<b>What it costs</b>", "<b>Ten</b> pounds."]
    got = read(name, "\n\n".join(lines) if name == "p.md" else "".join(f"<p>{line}</p>" for line in lines))
    assert shown(got.document)[1:] == ["We row.", "1. Who may row", "Anyone.", "2. What it costs", "Ten pounds."]
    assert any("Bold paragraphs were taken for headings: Who may row; What it costs" in r for r in got.report.remarks)


def test_one_bold_line_is_no_title(read):
    with pytest.raises(UnreadablePolicy):
        read("p.html", "<p><b>Mind</b></p><p>We row.</p>")
