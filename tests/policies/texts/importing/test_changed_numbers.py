"""A number, letter or level that comes out otherwise than typed is told, old and new, with the words that name it."""

import pytest

from policies.texts.importing import read_policy


def told(got):
    return "\n".join(got.report.remarks)


def changes(got):
    return [(change.old, change.new) for change in got.report.renumbered]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.md", "# Oars\n\n## Sheds\n\n7. open\n8. shut, see 7\n"),
        ("p.html", "<h1>Oars</h1><h2>Sheds</h2><ol start='7'><li>open</li><li>shut, see 7</li></ol>"),
        ("p.html", "<h1>Oars</h1><h2>Sheds</h2><ol><li value='7'>open<li>shut, see 7</ol>"),
        ("p.html", "<h1>Oars</h1><h2>Sheds</h2><ol start=8 reversed><li value=7>open<li value='8'>shut, see 7</ol>"),
    ],
)
def test_a_list_that_begins_elsewhere_is_told_with_what_names_it(read, name, text):
    got = read(name, text)
    assert changes(got) == [("7.", "1.1"), ("8.", "1.2")]
    assert "7. to 8. are 1.1 to 1.2 now, section 1 (Sheds)." in told(got)
    assert [(place, change) for place, _, change in got.report.references] == [("section 1 (Sheds)", "7. is 1.1 now")]
    assert "shut, see 7" in got.report.references[0][1]


@pytest.mark.parametrize(
    ("kind", "marks"), [("a", "abc"), ("A", "ABC"), ("i", ["i", "ii", "iii"]), ("I", ["I", "II", "III"]), ("1", "123")]
)
def test_letters_and_roman_numbers_of_html_are_told(read, kind, marks):
    items = "".join(f"<li>oar {mark}</li>" for mark in marks)
    got = read("p.html", f"<h1>Oars</h1><h2>Sheds</h2><ol type='{kind}'>{items}</ol><p>As item {marks[1]} says.</p>")
    assert changes(got) == [(f"{mark}.", f"1.{number}") for number, mark in enumerate(marks, 1)]
    assert [change for _, _, change in got.report.references] == [f"{marks[1]}. is 1.2 now"]


def test_letters_of_plain_text_are_told_with_the_sentence_that_names_one(read, shown):
    got = read("p.txt", "Oars\n\n1. Sheds\n\na) sweep\nb) lock\n   i) doors\n   ii) gates\n\nSee 1(b) and b(ii).\n")
    assert shown(got.document)[2:] == ["1.1 sweep", "1.2 lock", "(a) doors", "(b) gates", "See 1(b) and b(ii)."]
    assert changes(got) == [("a)", "1.1"), ("b)", "1.2"), ("i)", "1.2(a)"), ("ii)", "1.2(b)")]
    assert [change for _, _, change in got.report.references] == ["b) is 1.2 now", "ii) is 1.2(b) now"]


def test_a_second_list_in_a_section_counts_on_and_is_told(read):
    got = read("p.md", "# Oars\n\n## Sheds\n\n1. open\n2. shut\n\nThen, after step 2:\n\n1. sweep\n2. lock\n")
    assert changes(got) == [("1.", "1.1"), ("2.", "1.2"), ("1.", "1.3"), ("2.", "1.4")]
    assert "1. to 2. are 1.3 to 1.4 now" in told(got)
    assert any("after step 2" in words for _, words, _ in got.report.references)


def test_numbers_below_a_bullet_are_told(read):
    got = read("p.md", "# Oars\n\n## Sheds\n\n1. open\n\n- Before:\n  1. sweep\n  2. lock\n")
    assert changes(got) == [("1.", "1.1"), ("1.", "(a)"), ("2.", "(b)")]


def test_a_level_too_many_is_told_with_its_words(read, shown):
    text = "# Oars\n\n## Sheds\n\n1. one\n   1. two\n      1. three\n         1. four\n            1. five\n"
    got = read("p.md", text)
    assert shown(got.document)[2:] == ["1.1 one", "(a) two", "(i) three", "(A) four", "(B) five"]
    assert '"five" stood on level 5 with number 1. and is on level 4 with number 1.1(a)(i)(B) now' in told(got)


def test_words_after_a_list_in_an_item_and_lists_in_cells_are_told(read):
    got = read(
        "p.html",
        "<h1>Oars</h1><h2>Sheds</h2><table><tr><td>a</td><td><ol><li>first<li>second</ol></td></tr></table>",
    )
    assert '"first" had number 1. and is in no list now' in told(got)


def test_numbers_as_the_site_sets_them_are_not_told(read):
    got = read(
        "p.txt",
        "Oars\n\n1. Sheds\n1.1 Open.\n  (a) Wide\n  (b) Narrow\n1.2 Shut, see 1.1 and 1.1(b).\n\n2. Fees\n2.1 Ten.\n",
    )
    assert changes(got) == []
    assert got.report.references == ()


def test_a_section_that_gets_another_number_is_told_with_all_that_name_it_or_its_clauses(read):
    got = read("p.md", "# Oars\n\n## 2. Sheds\n\nOpen.\n\n## 4. Fees\n\nAs sections 2 and 4 say, and clause 4.2.\n")
    assert changes(got) == [("2.", "1."), ("4.", "2.")]
    assert [change for _, _, change in got.report.references] == ["2. is 1. now", "4. is 2. now", "4. is 2. now"]


def test_figures_that_name_no_number_are_no_references(read):
    got = read(
        "p.md", "# Oars\n\n## Sheds\n\n1. open\n2. shut\n\nIn 2 weeks, 1.2 million, at 2 pm, 2 of us, section 1.\n"
    )
    assert got.report.references == ()


def lists(*levels):
    found = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, start) in enumerate(levels)
    )
    return (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="1">{found}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num></w:numbering>"
    )


@pytest.mark.parametrize(
    ("level", "shown_by_word"),
    [
        (("decimal", "%1.", 3), ["3.", "4."]), (("lowerLetter", "%1)", 1), ["a)", "b)"]),
        (("lowerRoman", "(%1)", 4), ["(iv)", "(v)"]), (("upperLetter", "%1.", 26), ["Z.", "AA."]),
        (("decimalZero", "%1", 1), ["01", "02"]), (("upperRoman", "Rule %1", 1), ["Rule I", "Rule II"]),
        (("none", "", 1), ["", ""]),
    ],
    ids=str,
)  # fmt: skip
def test_numbers_that_word_shows_are_told(docx, tmp_path, level, shown_by_word):
    docx.numbering = lists(level)
    docx.add("Sheds", "H1").add("open", level=0).add("shut", level=0)
    got = read_policy(docx.write(tmp_path / "p.docx"))
    assert changes(got) == list(zip(shown_by_word, ["1.1", "1.2"], strict=True))
    assert got.report.is_complete


def test_levels_and_restarts_of_word_are_told(docx, tmp_path, shown):
    docx.numbering = lists(("decimal", "%1.", 1), ("lowerLetter", "%1.%2", 1))
    docx.add("Sheds", "H1").add("one", level=0).add("a", level=1).add("b", level=1).add("two", level=0)
    docx.add("c", level=1).add("between").add("again", level=0, numbering="2")
    got = read_policy(docx.write(tmp_path / "p.docx"))
    assert changes(got) == [
        ("1.", "1.1"), ("1.a", "1.1(a)"), ("1.b", "1.1(b)"), ("2.", "1.2"), ("2.a", "1.2(a)"), ("1.", "1.3"),
    ]  # fmt: skip


def test_the_number_of_a_word_heading_is_told_where_it_is_another(docx, tmp_path, shown):
    docx.numbering = lists(("upperRoman", "%1.", 4))
    docx.add("Sheds", "H1", level=0).add("Open.").add("Fees", "H1", level=0).add("See part V and IV(a).")
    got = read_policy(docx.write(tmp_path / "p.docx"))
    assert shown(got.document)[1:] == ["1. Sheds", "Open.", "2. Fees", "See part V and IV(a)."]
    assert '"Sheds" had number IV and is section 1 now' in told(got)
    assert [change for _, _, change in got.report.references] == ["V. is 2. now", "IV. is 1. now"]


def test_a_number_before_a_paragraph_that_is_no_item_stays_in_the_words(docx, tmp_path, shown):
    docx.numbering = lists(("decimal", "%1)", 5))
    docx.add("Sheds", "H1").add("Mind", "Quote", level=0)
    got = read_policy(docx.write(tmp_path / "p.docx"))
    assert shown(got.document)[2:] == ["5) Mind"]
    assert got.report.is_complete
