"""The page of a redline: the list of what changed, the way from change to change, tables, and what is said in words."""

import datetime as dt
import html
import re

import pytest

from policies.texts.document import Bullet, Bullets, Clause, Clauses, Document, Paragraph, Run, Section, Table, inline
from tests.making.policies import a_draft
from tests.making.versions import put, row

ADDRESS = "/policies/boats/compare/1.0/2.0/"
HEADER = ("What", "How long")


def table(*rows, header=HEADER):
    return Table(tuple(map(inline, header)), tuple(tuple(map(inline, cells)) for cells in rows))


def a_document_of(sections, title):
    found = []
    for name, *blocks in sections:
        given = tuple(Paragraph(inline(block)) if isinstance(block, str) else block for block in blocks)
        found.append(Section(inline(name), given, name))
    return Document(title, (), tuple(found))


@pytest.fixture
def page(client, today):
    def compared(old, new, view="", titles=("Boat rules", "Boat rules")):
        documents = [a_document_of(sections, title) for sections, title in zip((old, new), titles, strict=True)]
        first, second = (row(n, dt.date(2025, n, 1), document=document) for n, document in enumerate(documents, 1))
        put(a_draft(documents[0], slug="boats"), first, second)
        return client.get(f"{ADDRESS}{view}").content.decode()

    return compared


def words(text):
    """What a reading program says, or what is copied: the words in one line, blocks and cells a space apart."""
    apart = re.sub(r"</?(?:div|p|t[dhr]|li|h\d|section|summary|table|tbody|thead|dd|dt|ol|ul)\b[^>]*>", " ", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", apart)))


CARE = ("Care", "Row with care and bring towels.")


def test_a_list_of_what_changed_leads_to_every_place(page):
    text = page(
        [CARE, ("Fees", "Ten pounds a month."), ("Night", "Nobody rows at night.")],
        [
            ("Care", "Row with care, please, and bring towels."),
            ("Night", "Nobody rows at night."),
            ("Dogs", "No dogs."),
        ],
    )
    listed = re.search(r'<nav class="change-list".*?</nav>', text, re.DOTALL)[0]
    assert "3 places changed" in listed
    assert "1. Care 2 words added" in words(listed)
    assert "2. Fees removed, 5 words" in words(listed)
    assert "3. Dogs added, 3 words" in words(listed)
    for address in re.findall(r'href="#([^"]+)"', listed):
        assert text.count(f'id="{address}"') == 1


def test_every_change_leads_to_the_next_and_the_one_before(page):
    old = [(name, f"The rule of {name} is old.") for name in ("Care", "Fees", "Night")]
    text = page(old, [(name, said.replace("old", "new")) for name, said in old])
    stops = re.findall(r'id="(change_\d)"', text)
    assert stops == ["change_1", "change_2", "change_3"]
    redline = text[text.index('<div class="redline">') :]
    assert re.findall(r'href="#(change_\d)" aria-label="(\w+) change"', redline) == [
        ("change_2", "Next"),
        ("change_1", "Previous"),
        ("change_3", "Next"),
        ("change_2", "Previous"),
    ]


def test_changed_lines_that_follow_each_other_are_one_stop(page):
    text = page([("Care", "one two three", "four five six")], [("Care", "one two 3", "four five 6")])
    assert re.findall(r'id="(change_\d)"', text) == ["change_1"]


@pytest.mark.parametrize("view", ["", "?view=side"])
def test_a_table_is_a_table_in_every_view(page, view):
    old, new = table(("Names", "6 years")), table(("Names", "7 years"))
    text = page([("Keeping", old)], [("Keeping", new)], view)
    assert text.count("<table>") == (2 if view else 1)
    assert " | " not in words(text[text.index('class="redline') :])
    cells = re.findall(r'<td data-label="How long" class="cell--changed" dir="auto">(.*?)</td>', text)
    told = [words(cell) for cell in cells]
    assert told == (["[removed: 6] years", "[added: 7] years"] if view else ["[removed: 6][added: 7] years"])


def test_an_added_column_and_a_removed_row_say_so_for_eyes_and_ears(page):
    old = table(("Names", "6 years"), ("Weights", "1 season"))
    new = table(("Names", "6 years", "contract"), header=(*HEADER, "Why"))
    text = page([("Keeping", old)], [("Keeping", new)])
    assert "[1 column added] [1 row removed]" in words(text)
    assert '<th scope="col" class="cell--inserted" dir="auto">' in text
    assert "[column added] Why" in words(text)
    assert "[row removed] Weights 1 season" in words(text)


def test_a_changed_link_says_from_what_to_what(page):
    old, new = (Paragraph(inline("Read ", Run("our leaflet", href=href), ".")) for href in ("/a/", "/b/"))
    text = page([("Care", old)], [("Care", new)])
    assert "Read our leaflet [link changed from /a/ to /b/]." in words(text)
    assert "[removed:" not in text and "[added:" not in text
    assert "1 link or emphasis changed" in words(text)


def test_numbers_made_bullets_say_so_and_mark_nothing(page):
    old, new = Clauses((Clause(inline("Row with care.")),)), Bullets((Bullet(inline("Row with care.")),))
    text = page([("Care", old)], [("Care", new)])
    assert "Row with care. [is a bullet now, was 1.1]" in words(text)
    assert "[removed:" not in text and "[added:" not in text
    assert "1 line set otherwise" in words(text)


def test_no_blank_stands_before_a_stop(page):
    text = page([("Care", "We say how, and why.")], [("Care", "We say how and for whom, and why, in writing.")])
    redline = words(text[text.index('<div class="redline">') :])
    assert "We say how [added: and for whom], and why[added: , in writing]." in redline


def test_a_raised_figure_is_heard(page):
    old, new = (
        Paragraph(inline("We lend 103 boats.")),
        Paragraph(inline("We lend 10", Run("3", script="super"), " boats.")),
    )
    assert "We lend [removed: 103] [added: 103 (10³)] boats." in words(page([("Care", old)], [("Care", new)]))


def test_the_legend_says_what_is_underlined(page):
    text = page([CARE], [("Care", "Row with great care and bring towels.")])
    assert "Added words are underlined, removed words are struck through." in words(text)


def test_lines_say_their_language_and_find_their_direction(page):
    old, new = (Paragraph(inline(text), lang="ar") for text in ("نحفظ بياناتك", "لا نحفظ بياناتك"))
    text = page([("Care", old)], [("Care", new)])
    line = re.search(r'<div class="redline__line [^>]*--changed"[^>]*>.*?</div>', text, re.DOTALL)[0]
    assert 'dir="auto"' in line and 'lang="ar"' in line
    assert line.count('class="spoken" dir="ltr"') == 2  # foreign labels do not turn the line round


def test_halves_say_whose_they_are(client, page):
    text = page([CARE], [("Care", "Row with great care and bring towels.")], "?view=side")
    assert text.count('<p class="redline__whose">Version 1.0</p>') == 1
    assert text.count('<p class="redline__whose">Version 2.0</p>') == 1


def test_a_changed_title_is_a_place_too(page):
    text = page([CARE], [CARE], titles=("Boat rules", "Rowing rules"))
    assert "1 place changed" in text
    assert "[removed: Boat][added: Rowing] rules" in words(text)
