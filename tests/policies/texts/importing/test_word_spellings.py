"""What Word writes in ways that a reader may miss: strict files, fields, drop caps, deleted marks, breaks, symbols."""

import re
import zipfile

import pytest

from policies.texts.document import LINE_BREAK, Run
from policies.texts.importing import read_policy

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def read_docx(docx, tmp_path):
    return lambda **options: read_policy(docx.write(tmp_path / "policy.docx"), **options)


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def char(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction, words):
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in instruction)
    return char("begin") + pieces + char("separate") + run(words) + char("end")


def first(got):
    return got.document.sections[0].blocks[0].runs


def text(got):
    return "".join(run.text for run in first(got))


def test_the_strict_format_is_read_with_its_styles_and_changes(docx, tmp_path):
    docx.add("Oars", "H1").add(run("We will ") + "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>" + run("row."))
    docx.add("Fees", "H1").add("one", level=0).add("two", level=0)
    usual = docx.write(tmp_path / "usual.docx")
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(usual) as package, zipfile.ZipFile(strict, "w") as made:
        for name in package.namelist():
            xml = package.read(name).decode()
            made.writestr(name, xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    got = read_policy(strict, "Oars")
    assert got.document == read_policy(usual, "Oars").document
    assert text(got) == "We will row."
    assert got.report.is_complete
    assert got.report.words_in > 5


@pytest.mark.parametrize(
    ("instruction", "address"),
    [
        ((' HYPERLINK "https://oars.example/a" \\l "fees" ',), "https://oars.example/a#fees"),
        ((' HYPERLINK "https://oars', '.example/a" ', '\\l "fees"'), "https://oars.example/a#fees"),
        ((' HYPERLINK "https://oars.example/a" \\o "A tip" \\t "_blank" ',), "https://oars.example/a"),
        ((' HYPERLINK \\o "A tip" "https://oars.example/a"',), ""),
        ((" hyperlink https://oars.example/a ",), "https://oars.example/a"),
        ((' HYPERLINK "mailto:a@oars.example" ',), "mailto:a@oars.example"),
        ((' HYPERLINK \\l "fees" ',), ""),
        ((' REF fees \\h "https://oars.example" ',), ""),
    ],
)
def test_a_link_field_leads_where_word_leads(docx, read_docx, instruction, address):
    docx.add("Oars", "H1").add(run("Read ") + field(instruction, "the rules") + run(" first."))
    got = read_docx()
    assert [run.href for run in first(got) if run.href] == [address] * bool(address)
    assert text(got) == "Read the rules first."
    assert got.report.is_complete


def test_a_simple_field_keeps_what_it_shows(docx, read_docx):
    docx.add("Oars", "H1").add(
        run("See ") + f'<w:fldSimple w:instr=" REF fees ">{run("clause 3.2")}</w:fldSimple>' + run(" and ")
        + f'<w:fldSimple w:instr=\' HYPERLINK "https://oars.example" \'>{run("here")}</w:fldSimple>'
    )  # fmt: skip
    got = read_docx()
    assert text(got) == "See clause 3.2 and here"
    assert first(got)[-1].href == "https://oars.example"
    assert got.report.is_complete


def test_a_drop_cap_belongs_to_its_word(docx, read_docx):
    frame = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
    docx.add("Oars", "H1").xml(f"<w:p>{frame}{run('N')}</w:p>").add("obody may join.").add("Next.")
    got = read_docx()
    assert [text(got), len(got.document.sections[0].blocks)] == ["Nobody may join.", 2]
    assert got.report.is_complete
    assert not got.report.lost


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_not_two_words(docx, read_docx):
    deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    docx.add("Oars", "H1").xml(f"<w:p>{deleted}{run('Nobody')}</w:p>").xml(f"<w:p>{deleted}{run('may')}</w:p>").add(
        "row."
    )
    got = read_docx()
    assert text(got) == "Nobody may row."
    assert got.report.is_complete
    assert sum("deleted paragraph mark" in remark for remark in got.report.remarks) == 2


def test_a_deleted_mark_at_the_end_of_a_cell_loses_nothing(docx, read_docx):
    deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    cell = f"<w:tc><w:p>{deleted}{run('kept')}</w:p></w:tc>"
    docx.add("Oars", "H1").xml(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>").add("end")
    assert read_docx().report.is_complete


def test_a_paragraph_deleted_whole_is_gone(docx, read_docx, shown):
    deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    docx.add("Oars", "H1").xml(f"<w:p>{deleted}{gone}</w:p>").add("stays")
    got = read_docx()
    assert shown(got.document)[1:] == ["1. Oars", "stays"]
    assert got.report.is_complete


@pytest.mark.parametrize(("break_", "shown"), [("<w:br/>", LINE_BREAK), ("<w:cr/>", LINE_BREAK),
    ('<w:br w:type="textWrapping"/>', LINE_BREAK), ('<w:br w:type="page"/>', " "), ('<w:br w:type="column"/>', " "),
    ("<w:tab/>", " "), ("<w:ptab/>", " "), ("<w:noBreakHyphen/>", "\u2011"), ("<w:softHyphen/>", "")])  # fmt: skip
def test_breaks_keep_words_apart_and_lines_lines(docx, read_docx, break_, shown):
    docx.add("Oars", "H1").add(f"{run('Acme')}<w:r>{break_}</w:r>{run('Boatham')}")
    got = read_docx()
    assert text(got) == f"Acme{shown}Boatham"
    assert got.report.is_complete, got.report.as_text()


@pytest.mark.parametrize(
    ("properties", "script"),
    [
        ('<w:vertAlign w:val="superscript"/>', "super"), ('<w:vertAlign w:val="subscript"/>', "sub"),
        ('<w:rStyle w:val="Up"/>', "super"), ('<w:position w:val="6"/>', "super"), ('<w:position w:val="-6"/>', "sub"),
        ('<w:vertAlign w:val="baseline"/>', ""), ('<w:rStyle w:val="Up"/><w:vertAlign w:val="baseline"/>', ""),
    ],
)  # fmt: skip
def test_figures_are_raised_and_lowered(docx, read_docx, properties, script):
    docx.styles = (
        '<w:style w:type="character" w:styleId="Up"><w:name w:val="Up"/><w:rPr><w:vertAlign w:val="superscript"/>'
        "</w:rPr></w:style>"
    )
    docx.add("Oars", "H1").add(run("10") + run("3", properties) + run(" boats"))
    pieces = (Run("10"), Run("3", script=script), Run(" boats")) if script else (Run("103 boats"),)
    assert first(read_docx()) == pieces


def test_a_note_keeps_its_raised_figures(docx, read_docx):
    note = f'<w:footnote w:id="1"><w:p>{run("5 m")}{run("2", VERTICAL)}</w:p></w:footnote>'
    docx.part("footnotes", "footnotes", f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>')
    docx.add("Oars", "H1").add(run("Boats") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    got = read_docx()
    assert first(got) == (Run("Boats [5 m"), Run("2", script="super"), Run("]"))
    assert got.report.is_complete


VERTICAL = '<w:vertAlign w:val="superscript"/>'


def test_an_equation_is_dropped_told_and_stops_an_announcement(docx, read_docx):
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    sum_ = f'<m:oMath xmlns:m="{math}"><m:r><m:t>x+17</m:t></m:r></m:oMath>'
    docx.add("Oars", "H1").add(run("At most ") + sum_ + run(" boats"))
    got = read_docx()
    assert text(got) == "At most boats"
    assert got.report.is_complete
    assert not got.report.is_clear
    assert [set(change.words) for change in got.report.changes if change.what == "equations"] == [{"x", "17"}]


def test_a_symbol_that_cannot_be_read_is_said(docx, read_docx):
    docx.add("Oars", "H1").add(run("Not ") + '<w:r><w:sym w:font="Nowhere" w:char="F0A3"/></w:r>' + run("5"))
    assert any("F0A3" in said for said in read_docx().report.unread)


def test_another_document_inside_is_said(docx, read_docx):
    docx.add("Oars", "H1").add("Open.").xml('<w:altChunk r:id="r9"/>')
    assert not read_docx().report.is_clear


def test_a_text_box_for_new_programs_only_is_read(docx, read_docx, shown):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent><w:p>{run('Boxed 7 words')}</w:p></w:txbxContent>"
    docx.add("Oars", "H1").add(
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        "</mc:AlternateContent></w:r>"
    )
    got = read_docx()
    assert "Boxed 7 words" in shown(got.document)
    assert got.report.is_complete


def test_hidden_words_of_a_style_are_told(docx, read_docx):
    docx.styles = (
        '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    docx.add("Oars", "H1").add(run("Seen ") + run("secret", '<w:rStyle w:val="Hid"/>'))
    assert any(re.search("Hidden text.*secret", remark) for remark in read_docx().report.remarks)


def test_characters_for_private_use_in_the_text_are_no_marks_of_ours(docx, read_docx):
    docx.add("Oars", "H1").add("\ue000a\ue001 stays", level=0)
    got = read_docx()
    assert "a stays" in got.document.sections[0].blocks[0].items[0].runs[0].text
