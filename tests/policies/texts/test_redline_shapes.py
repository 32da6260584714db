"""Lines that are something else now, and lines split or joined: no word that stayed is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.reading.redline_notes import notes_on
from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Definition,
    Definitions,
    Document,
    Notice,
    Paragraph,
    Section,
    document_lines,
    inline,
)
from policies.texts.redline import compare, new_lines, old_lines
from tests.making.redlines import changes, paragraphs, shown, with_blocks


def bullets(*texts):
    return Bullets(tuple(Bullet(inline(text)) for text in texts))


def clauses(*texts):
    return Clauses(tuple(Clause(inline(text)) for text in texts))


def told(found):
    return [(shown(change.pieces), notes_on(change)) for change in found]


CARE = ("Row with care.", "Steer with more care.")


def test_numbers_turned_into_bullets_mark_no_word():
    assert told(changes([clauses(*CARE)], [bullets(*CARE)])) == [
        (CARE[0], ["is a bullet now, was 1."]),
        (CARE[1], ["is a bullet now, was 2."]),
    ]


def test_paragraphs_made_clauses_mark_no_word():
    assert told(changes(paragraphs(*CARE), [clauses(*CARE)])) == [
        (CARE[0], ["is a numbered clause now, was a paragraph"]),
        (CARE[1], ["is a numbered clause now, was a paragraph"]),
    ]


def test_a_line_of_another_kind_is_still_compared_word_by_word():
    found = changes(paragraphs("We keep your names and numbers"), [clauses("We keep names and numbers")])
    assert told(found) == [("We keep[- your-] names and numbers", ["is a numbered clause now, was a paragraph"])]


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (Definitions((Definition(inline("Oar"), inline("Lend it to nobody at all.")),)), "the meaning of a term"),
        (Notice((), (inline("Lend it to nobody at all."),)), "a paragraph in a box"),
    ],
)
def test_every_kind_of_line_has_a_name(block, name):
    (*_, found) = changes([block], paragraphs("Lend it to nobody at all."))
    assert told([found]) == [("Lend it to nobody at all.", [f"is a paragraph now, was {name}"])]


def nested(*texts):
    item = None
    for text in reversed(texts):
        item = Clause(inline(text), (item,) if item else ())
    return Clauses((item,))


def test_a_clause_moved_in_marks_no_word():
    (same, found) = changes([clauses("We lend", "oars")], [nested("We lend", "oars")])
    assert same.op == "same"
    assert told([found]) == [("oars", ["is one level further in now, was 2."])]
    (same, found) = changes([nested("We lend", "oars", "long ones")], [clauses("We lend", "oars", "long ones")])[-2:]
    assert told([found]) == [("long ones", ["is 2 levels further out now, was (i)"])]


def test_a_renumbered_line_says_what_it_was_and_is_no_change():
    (_, _, found) = changes([clauses("oars", "boats")], [clauses("scales", "oars", "boats")])
    assert (found.op, found.old_label, found.label, found.is_relabelled) == ("same", "2.", "3.", True)


SPLIT = "We keep what you tell us. We delete it when you leave. We tell nobody else of it."
FIRST, SECOND, THIRD = "We keep what you tell us.", "We delete it when you leave.", "We tell nobody else of it."


def test_a_paragraph_split_in_two_marks_no_word():
    assert told(changes(paragraphs(SPLIT), paragraphs(FIRST, f"{SECOND} {THIRD}"))) == [
        (FIRST, []),
        (f"{SECOND} {THIRD}", ["is a paragraph of its own now, was part of the text above"]),
    ]


def test_a_paragraph_split_in_three_marks_no_word():
    found = changes(paragraphs(SPLIT), paragraphs(FIRST, SECOND, THIRD))
    assert [shown(change.pieces) for change in found] == [FIRST, SECOND, THIRD]
    assert [change.joint for change in found] == ["", "split", "split"]


def test_a_paragraph_made_a_list_marks_no_word():
    found = changes(paragraphs("We lend: oars of wood; boats of plastic."), [
        *paragraphs("We lend:"), bullets("oars of wood;", "boats of plastic.")
    ])  # fmt: skip
    assert [shown(change.pieces) for change in found] == ["We lend:", "oars of wood;", "boats of plastic."]


def test_joined_paragraphs_mark_no_word():
    found = changes(paragraphs(FIRST, SECOND, THIRD), paragraphs(SPLIT))
    assert told(found) == [
        (FIRST, []),
        (SECOND, ["is part of the text above now"]),
        (THIRD, ["is part of the text above now"]),
    ]


def test_words_changed_while_a_paragraph_was_split_are_marked_alone():
    found = changes(paragraphs(SPLIT), paragraphs(FIRST, f"{SECOND.replace('when', 'before')} {THIRD}"))
    assert [shown(change.pieces) for change in found] == [
        FIRST,
        f"We delete it[- when-]{{+ before+}} you leave. {THIRD}",
    ]


def test_a_new_paragraph_beside_a_changed_one_is_added_and_not_split_off():
    found = changes(paragraphs(FIRST), paragraphs(FIRST.replace("keep", "store"), "Boats are lent on Sundays only."))
    assert [change.op for change in found] == ["changed", "inserted"]


sentences = st.lists(
    st.lists(st.sampled_from(["we", "keep", "not", "30", "days", "of", "it"]), min_size=3, max_size=9).map(" ".join),
    min_size=1, max_size=5,
)  # fmt: skip


@st.composite
def cut_otherwise(draw):
    """The same sentences, put into paragraphs in two ways."""
    texts = draw(sentences)
    return [cut(draw, texts), cut(draw, texts)]


def cut(draw, texts):
    found = [[]]
    for text in texts:
        if found[-1] and draw(st.booleans()):
            found.append([])
        found[-1].append(text)
    return with_blocks(*(Paragraph(inline(" ".join(group))) for group in found))


@given(cut_otherwise())
def test_either_way_of_cutting_paragraphs_can_be_read_back(pair):
    redline = compare(*pair)
    for document, lines in zip(pair, (old_lines(redline), new_lines(redline)), strict=True):
        assert [line.runs for line in lines] == [line.runs for line in document_lines(document)]


def test_a_section_that_only_has_other_lists_has_changed():
    old, new = (Document("Rules", (), (Section(inline("Care"), (block,), "a"),)) for block in (
        clauses(*CARE), bullets(*CARE)
    ))  # fmt: skip
    redline = compare(old, new)
    assert (redline.inserted, redline.deleted, redline.changed_sections, redline.is_empty) == (0, 0, 1, False)
