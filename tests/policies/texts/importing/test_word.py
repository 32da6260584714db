"""Word: styles and numbering become structure; what Word keeps beside the text is told, and bombs do not go off."""

import io
import zipfile

import pytest

from policies.texts.document import Bullet, Bullets, Clause, Clauses, Notice, Paragraph, Run, Table, inline
from policies.texts.importing import UnreadablePolicy, read_policy
from tests.making.work import calls_of

MUCH = 60_000  # calls of functions
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.fixture
def read_docx(docx, tmp_path):
    return lambda: read_policy(docx.write(tmp_path / "policy.docx"))


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def part(tag, inner):
    return f'<w:{tag} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inner}</w:{tag}>'


def note(number, text):
    return f'<w:footnote w:id="{number}"><w:p>{run(text)}</w:p></w:footnote>'


def test_title_headings_quotes_and_styles(docx, read_docx, shown):
    docx.add("The title", "Title").add("Before").add("1. First", "H1").add(run("must", "<w:b/>") + run(" do"))
    docx.add("Mind", "Quote").add("Deep", "H2").add("Second", "H1").add("end")
    got = read_docx()
    assert shown(got.document) == [
        "The title", "Before", "1. First", "must do", "Mind", "Deep", "2. Second", "end",
    ]  # fmt: skip
    first = got.document.sections[0].blocks
    assert first[0] == Paragraph((Run("must", strong=True), Run(" do")))
    assert first[1] == Notice((), (inline("Mind"),))
    assert got.report.is_complete


def test_numbered_lists_keep_their_levels(docx, read_docx):
    docx.add("A", "H1").add("one", level=0).add("inner", level=1).add("deep", level=2).add("two", level=0)
    docx.add("between").add("point", level=0, numbering="2")
    assert read_docx().document.sections[0].blocks == (
        Clauses((Clause(inline("one"), (Clause(inline("inner"), (Clause(inline("deep")),)),)), Clause(inline("two")))),
        Paragraph(inline("between")),
        Bullets((Bullet(inline("point")),)),
    )


def test_list_styles_without_numbering_keep_their_levels(docx, read_docx):
    docx.add("A", "H1").add("one", "LN").add("inner", "LN2").add("two", "LN")
    assert read_docx().document.sections[0].blocks == (
        Clauses((Clause(inline("one"), (Clause(inline("inner")),)), Clause(inline("two")))),
    )


def test_tables_and_links(docx, read_docx):
    docx.link("L1", "https://x.example/").add("A", "H1")
    docx.add(f'<w:hyperlink r:id="L1">{run("out")}</w:hyperlink><w:hyperlink w:anchor="b">{run(" in")}</w:hyperlink>')
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in (("h", "i"), ("j", "k")))
    got = docx.xml(f"<w:tbl>{rows}</w:tbl>") and read_docx()
    line, table = got.document.sections[0].blocks
    assert line.runs == (Run("out", href="https://x.example/"), Run(" in"))
    assert table == Table((inline("h"), inline("i")), ((inline("j"), inline("k")),))
    assert got.report.is_complete


def test_tracked_changes_are_taken_as_accepted_and_told(docx, read_docx, shown):
    docx.add("A", "H1")
    docx.add(f"<w:ins>{run('new ')}</w:ins><w:del><w:r><w:delText>old gone</w:delText></w:r></w:del>{run('rest')}")
    docx.add(f"<w:moveFrom>{run('moved')}</w:moveFrom>").add(f"<w:moveTo>{run('moved')}</w:moveTo>")
    got = read_docx()
    assert shown(got.document)[2:] == ["new rest", "moved"]
    (change,) = [change for change in got.report.changes if change.action == "dropped"]
    assert (change.what, set(change.words)) == ("tracked deletions", {"old", "gone", "moved"})
    assert any("insertions taken as accepted: 1" in remark for remark in got.report.remarks)
    assert got.report.is_complete


def test_headers_footers_and_comments_are_dropped_and_told(docx, read_docx, shown):
    docx.part("header1", "header", part("hdr", f"<w:p>{run('Draft Plum')}</w:p>"))
    docx.part("footer1", "footer", part("ftr", f"<w:p>{run('Page')}</w:p>"))
    docx.part("comments", "comments", part("comments", f'<w:comment w:id="1"><w:p>{run("Really")}</w:p></w:comment>'))
    got = docx.add("A", "H1").add("words") and read_docx()
    assert shown(got.document)[1:] == ["1. A", "words"]
    dropped = {change.where: set(change.words) for change in got.report.changes if change.action == "dropped"}
    assert dropped == {
        "word/header1.xml": {"Draft", "Plum"},
        "word/footer1.xml": {"Page"},
        "word/comments.xml": {"Really"},
    }
    assert got.report.is_complete


def test_footnotes_stand_in_the_text(docx, read_docx, shown):
    docx.part("footnotes", "footnotes", part("footnotes", note(1, "First note") + note(2, "Other")))
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    docx.add("A", "H1").add(run("one") + reference.format(1) + run(" two") + reference.format(2))
    got = docx.add("B", "H1").add("end") and read_docx()
    assert shown(got.document)[1:] == ["1. A", "one [First note] two [Other]", "2. B", "end"]
    assert sum("square brackets" in remark for remark in got.report.remarks) == 2
    assert got.report.is_complete


def test_hidden_text_is_told(docx, read_docx):
    got = docx.add("A", "H1").add(run("seen ") + run("secret words", "<w:vanish/>")) and read_docx()
    assert any("Hidden text" in remark and "secret words" in remark for remark in got.report.remarks)
    assert got.report.is_complete


def test_a_table_of_contents_is_dropped_and_told(docx, read_docx, shown):
    got = docx.add("A ... 1", "Toc1").add("B ... 2", "Toc1").add("A", "H1").add("a").add("B", "H1") and read_docx()
    assert shown(got.document)[1:] == ["1. A", "a", "2. B"]
    assert {change.what for change in got.report.changes if change.action == "dropped"} == {"a table of contents"}
    assert got.report.is_complete


def test_a_text_box_counts_once_and_what_a_field_shows_stays(docx, read_docx, shown):
    box = f"<w:txbxContent><w:p>{run('Boxed')}</w:p></w:txbxContent>"
    choice = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{{}}</w:pict>'
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{box}</v:textbox></v:shape>'
    docx.add("A", "H1").add(f"<w:r>{choice.format(shape)}</mc:Fallback></mc:AlternateContent></w:r>")
    got = docx.add(f"<w:fldSimple>{run('Filled')}</w:fldSimple>") and read_docx()
    assert shown(got.document)[1:] == ["1. A", "Boxed", "Filled"]
    assert got.report.is_complete


def test_words_that_only_the_xml_has_are_missed(docx, read_docx):
    docx.add("A", "H1").add("words").xml(f'<w:unheard w:of="1"><w:p>{run("lost words")}</w:p></w:unheard>')
    report = read_docx().report
    assert report.unexplained == {"lost": 1, "words": 1}


def test_words_split_over_runs_are_one_word(docx, read_docx):
    got = docx.add("A", "H1").add(run("pri") + run("va", "<w:i/>") + run("cy<!-- -->")) and read_docx()
    assert not got.report.lost


def packed(compression=zipfile.ZIP_DEFLATED, **files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"not a zip at all", "damaged"),
        (b"PK\x03\x04 but cut off", "damaged"),
        (packed(xl__workbook="<x/>"), "no Word document"),
        (packed(word__document="<w:document"), "not well formed"),
        (packed(word__document="<x/>"), "damaged"),
        (packed(word__document="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "document type"),
        (packed(word__document="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>".encode("utf-16")), "document type"),
        (packed(zipfile.ZIP_STORED, word__document="<x>" * 5_000 + "</x>" * 5_000), "nested too deeply"),
        (packed(word__document=" " * 60_000_000), "unpacks to far more"),
        (packed(word__document="<x/>", word__media="x" * 5_000_000), "unpacks to far more"),
        (packed(**{f"a{number}": "" for number in range(2_100)}), "unpacks to far more"),
    ],
    ids=["junk", "cut", "sheet", "xml", "other", "entity", "entity16", "deep", "bomb", "ratio", "entries"],
)
def test_what_is_no_sound_word_file_is_refused_without_much_work(read, data, says):
    def refuse():
        with pytest.raises(UnreadablePolicy, match=says):
            read("policy.docx", data)

    refuse()
    assert calls_of(refuse) < MUCH
