"""Small files in which something was once lost or made while they were read: each comes in as it is meant."""

from pathlib import Path

import pytest

from policies.reading.redline_notes import looks_of, notes_on
from policies.texts.document import canonical_text
from policies.texts.importing import UnreadablePolicy, read_policy
from policies.texts.redline import compare
from tests.making.redlines import shown

CASES = Path(__file__).with_name("data")

# What stands below the title, line by line of the canonical text.
MEANT = {
    "docx-hyperlink-field-anchor.docx": ["## 1. Members", "[the rules](https://example.org/rules#fees)"],
    "docx-strict.docx": ["## 1. Members", "Anyone may join."],
    "docx-struck.docx": ["## 1. Members", "We will sell your address."],
    "html-del.html": ["## 1. Members", "We will sell your address."],
    "html-meta-cp1251.html": ["## 1. Члены", "Любой человек."],
    "html-nohtml.html": [
        "## 1. Members", "Anyone.", "## 2. Fees", "Ten £ 😀 … <b> ab 1‑2",
        "Safe bad link data link [relative](/terms/) [mail](mailto:a@b.example) [tel](tel:+441)",
    ],
    "html-rtl.html": ["## 1. الأعضاء", "أي شخص (18+) يمكنه."],
    "html-start-value.html": [
        "## 1. Members", "1.1 Fourth.", "1.2 Fifth, see 4.", "## 2. Fees", "2.1 One.", "2.2 Seven.",
    ],
    "html-sup.html": ["## 1. Limits", r"At most 10\^3\^ boats per 5 m\^2\^."],
    "md-address.md": ["## 1. Contact", "Acme Rowing Ltd\\", "1 River Street\\", "Boatham"],
    "md-attr.md": ["## 1. Members", "Anyone may join.", "## 2. Fees", "Ten pounds."],
    "md-comment.md": [
        "Introduction.", "## 1. Members", "Anyone may join.", "## 2. Fees", "Ten pounds\\",
        r"each year. The 7\^th\^ is free.", "| Who | How much |", "|---|---|", "| Adult | 10\\", "pounds |",
    ],
    "md-cp1252.md": ["## 1. Members", "Café “quoted” – 5€"],
    "md-decimal.md": [
        "## 1. 2.5 per cent surcharge", "Added after March.", "## 2. 10 days' notice", "We tell you.",
        "## 3. 2026 changes", "None.", "## 4. A note on fees", "Ten.",
    ],
    "md-front-matter.md": ["Introduction.", "## 1. Members", "Anyone may join."],
    "md-heading-paren.md": ["## 1. Members", "Anyone.", "## 2. Fees", "Ten pounds."],
    "md-lists.md": [
        "## 1. Members", "1.1 Third", "1.2 Fourth", "a. lettered one\\", "b. lettered two", "i. roman one\\",
        "ii. roman two", "1.3 paren one", "1.4 paren two", "(a) bracket a\\", "(b) bracket b", "Text between.",
        "1.5 again one", "(a) nested one", "- bullet", "(A) deep", "(B) deeper", "a paragraph in item one",
        "1.6 again two", "| A | B |", "|---|---|", "| 1 | 2 |", "- bullet", "code in bullet", "- other bullet",
        "> quote line one\\", "quote line two", "> nested quote", "Line with two spaces\\", "next line\\", "third line",
        "code block\\", "kept", ": Term", ": meaning",
        "***bold italic*** code [https://example.org/a?b=c&d=e](https://example.org/a?b=c&d=e)",
    ],
    "md-nested-number-in-bullet.md": [
        "## 1. Members", "1.1 Join.", "1.2 Pay.", "- Before you row:", "(a) check the oars", "(b) sign the book",
    ],
    "md-reference-link.md": ["## 1. Members", "Read [the leaflet](https://example.org/leaflet) first."],
    "plain-decimal-item.txt": [
        "## 1. Members", "Rowers:", "1.5 hours a week is the least.", "3.1 Cup winners row free.", "## 2. Fees",
        "Ten pounds.",
    ],
}  # fmt: skip
TITLES = {"html-meta-cp1251.html": "Правила", "html-nohtml.html": "Html nohtml", "html-rtl.html": "قواعد"}

# What is said of them: of numbers that changed, of what was left out, of what may be wrong.
TOLD = {
    "html-nohtml.html": ["Links that became plain words, for they lead into the page or nowhere: 2.", "a comment"],
    "html-start-value.html": [
        "4. to 5. are 1.1 to 1.2 now", "7. is 2.2 now", "may name a number that changed", "4. is 1.1 now",
    ],
    "md-attr.md": ["an anchor or class"],
    "md-comment.md": ["a comment", "counsel"],
    "md-cp1252.md": ["Read as Windows-1252"],
    "md-decimal.md": ['may be no number of a section: "2.5 per cent surcharge"'],
    "md-front-matter.md": ["front matter", "redirect_from"],
    "md-lists.md": [
        "3. to 4. are 1.1 to 1.2 now", "1. to 2. are 1.3 to 1.4 now", "1. is 1.5 now", "1. is 1.5(a) now",
        '"deeper" stood on level 5 with number 1. and is on level 4 with number (B) now', "Pictures left out: 1.",
    ],
    "md-nested-number-in-bullet.md": ["1. to 2. are (a) to (b) now"],
    "md-reference-link.md": ["the title of a link or picture"],
    "plain-decimal-item.txt": ["Every line end is taken for the end of a paragraph"],
}  # fmt: skip
STRUCK = {"docx-struck.docx", "html-del.html"}


def read(name):
    return read_policy(CASES / name, struck="drop" if name in STRUCK else None)


def test_each_case_is_spoken_of():
    files = {path.name for path in CASES.iterdir()}
    assert {name for name in files if not name.startswith("redline-")} == MEANT.keys()


@pytest.mark.parametrize("name", MEANT)
def test_a_case_says_what_its_file_says(name):
    title, *lines = [
        line.strip() for line in canonical_text(read(name).document).splitlines() if line and line[0] != "\\"
    ]
    assert (title, lines) == (f"# {TITLES.get(name, 'Boat rules')}", MEANT[name])


@pytest.mark.parametrize("name", MEANT)
def test_what_a_case_leaves_out_or_changes_is_told(name):
    report = read(name).report
    assert report.is_complete
    told = report.as_text()
    assert [words for words in TOLD.get(name, []) if words not in told] == []


@pytest.mark.parametrize("name", sorted(STRUCK))
def test_struck_words_of_a_case_are_never_in_force_by_themselves(name):
    with pytest.raises(UnreadablePolicy, match=r"struck through(.|\n)*\[not\]"):
        read_policy(CASES / name)


def test_the_language_of_a_case_is_kept():
    assert read("html-rtl.html").document.lang == "ar"


REDLINES = {
    "bullets": [("Row with care.", ["is a bullet now, was 1.1"]), ("Steer with care.", ["is a bullet now, was 1.2"])],
    "emph": [("We do< not> sell data.", ["bold now"])],
    "zh": [("我们{+不+}会保存您的数据[-三-]{+六+}十天。", [])],
}


@pytest.mark.parametrize("name", REDLINES)
def test_a_redline_of_a_case_marks_what_changed_and_no_more(name):
    old, new = (read_policy(CASES / f"redline-{name}-{age}.md").document for age in ("old", "new"))
    (section,) = compare(old, new).sections
    assert [(shown(line.pieces), told(line)) for line in section.lines] == REDLINES[name]


def told(line):
    return notes_on(line) + [note for piece in line.pieces if piece.op == "restyled" for note in looks_of(piece)]
