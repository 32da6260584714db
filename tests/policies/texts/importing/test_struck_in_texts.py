"""Struck-through words of any file are never words in force by themselves: somebody says what is meant."""

import pytest

from policies.texts.importing import UnreadablePolicy, read_policy

MARKDOWN = {
    "tildes": "We will ~~not~~ sell your boat.",
    "one tilde": "We will ~not~ sell your boat.",
    "del": "We will <del>not</del> sell your boat.",
    "s": "We will <s>not</s> sell your boat.",
    "strike": "We will <strike>not</strike> sell your boat.",
    "edit": "We will {--not--} sell your boat.",
    "replaced": "We will {~~not~>~~} sell your boat.",
    "bold": "We will ~~**not**~~ sell your boat.",
    "unicode": "We will n\u0336o\u0336t\u0336 sell your boat.",
}
PLAIN = {name: MARKDOWN[name] for name in ("tildes", "edit", "unicode")}


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


WORD = {
    "strike": "<w:strike/>",
    "double": "<w:dstrike/>",
    "on": '<w:strike w:val="1"/>',
    "character style": '<w:rStyle w:val="Gone"/>',
    "style above": '<w:rStyle w:val="GoneToo"/>',
}


def settled(read, *file):
    """Return the words of section 1 after dropping and after keeping, once nothing said has been refused."""
    with pytest.raises(UnreadablePolicy, match=r"We will \[not\]"):
        read(*file)
    found = [read(*file, struck=choice) for choice in ("drop", "keep")]
    assert all(got.report.is_complete for got in found)
    assert {change.what for change in found[0].report.changes} >= {"struck-through words"}
    assert any("words in force now" in remark for remark in found[1].report.remarks)
    return ["".join(run.text for run in got.document.sections[0].blocks[0].runs) for got in found]


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_in_markdown(read, text):
    assert settled(read, "p.md", f"# Oars\n\n## Boats\n\n{text}\n") == [
        "We will sell your boat.", "We will not sell your boat.",
    ]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_in_plain_text(read, text):
    assert settled(read, "p.txt", f"Oars\n\n1. Boats\n\n{text}\n") == [
        "We will sell your boat.", "We will not sell your boat.",
    ]  # fmt: skip


STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="GoneToo"><w:name w:val="Gone too"/><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:dstrike/></w:rPr></w:style>'
)


@pytest.fixture
def word(docx, tmp_path):
    """Return a reader of a paragraph of runs."""

    def write_and_read(paragraph, style=""):
        docx.styles += STYLES
        docx.add("Boats", "H1").add(paragraph, style)
        path = docx.write(tmp_path / "p.docx")
        return lambda _name, _content, **options: read_policy(path, **options)

    return write_and_read


@pytest.mark.parametrize("properties", WORD.values(), ids=WORD)
def test_in_word(word, properties):
    read = word(run("We will ") + run("not ", properties) + run("sell your boat."))
    assert settled(read, "", "") == ["We will sell your boat.", "We will not sell your boat."]


def test_a_style_of_the_paragraph_strikes_all_but_what_says_otherwise(word):
    read = word(run("We will ", '<w:dstrike w:val="0"/>') + run("not ") + run("sell.", '<w:dstrike w:val="0"/>'), "Old")
    assert settled(read, "", "") == ["We will sell.", "We will not sell."]


def test_what_is_not_struck_in_word_stays(word):
    got = word(run("We ", '<w:strike w:val="0"/>') + run("will ", '<w:dstrike w:val="false"/>') + run("sell."))("", "")
    assert got.document.sections[0].blocks[0].runs[0].text == "We will sell."


def test_struck_words_of_a_note_are_struck(docx, tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f'<w:footnote w:id="1"><w:p>{run("We will ")}{run("not", "<w:strike/>")}{run(" sell.")}</w:p></w:footnote>'
    docx.part("footnotes", "footnotes", f"<w:footnotes {w}>{note}</w:footnotes>")
    docx.add("Boats", "H1").add(run("Boats") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    with pytest.raises(UnreadablePolicy, match=r"\[not\]"):
        read_policy(docx.write(tmp_path / "p.docx"))


@pytest.mark.parametrize("text", ["~5 to ~6 kg", "a ~ b ~ c", "`~~not~~`", "20~~30", "~~~\ncode\n~~~", "x\\~~y~~"])
def test_tildes_that_strike_nothing_stay(read, text):
    got = read("p.md", f"## Boats\n\n{text}\n")
    assert got.report.is_complete


def test_a_figure_struck_beside_another_is_not_joined_to_it(read, shown):
    got = read("p.md", "## Boats\n\nWithin ~~3~~14 days, {--never--}{++always++}.\n", struck="drop")
    assert shown(got.document)[-1] == "Within 14 days, always."
    assert got.report.is_complete, got.report.as_text()
