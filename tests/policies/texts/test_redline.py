"""The redline: either text can be read back out of it, and what it names is what an editor did."""

from dataclasses import replace
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.texts.document import (
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Document,
    Paragraph,
    Run,
    Section,
    canonical_text,
    document_lines,
    inline,
)
from policies.texts.redline import Fold, TableChange, compare, fold, new_lines, old_lines
from tests.making.documents import documents, edited_pairs

MARKS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def policy(*sections, title="Privacy policy", preamble=()):
    return Document(title, preamble, sections)


def section(heading, *texts, key=""):
    return Section(inline(heading), tuple(Paragraph(inline(text)) for text in texts), key)


def paragraphs(*texts):
    return policy(preamble=tuple(Paragraph(inline(text)) for text in texts))


def clauses(*texts):
    return policy(Section(inline("Keeping"), (Clauses(tuple(Clause(inline(text)) for text in texts)),), "a"))


def shown(pieces):
    return "".join(MARKS[piece.op].format(piece.text) for piece in pieces)


def redlined(old, new):
    """Return each line of two one-line texts, marked as [-deleted-] and {+inserted+}."""
    return [shown(line.pieces) for line in compare(paragraphs(old), paragraphs(new)).preamble.lines]


def remarked(document, hand):
    """Return the same words, with one block in three marked as in another language."""

    def blocks(old):
        return tuple(replace(block, lang=hand.choice([block.lang, block.lang, "cy"])) for block in old)

    sections = tuple(replace(section, blocks=blocks(section.blocks)) for section in document.sections)
    return replace(document, preamble=blocks(document.preamble), sections=sections)


def said(lines):
    return [(line.kind, line.label, line.depth, line.cells or line.runs) for line in lines]


def pieces_of(change):
    """Return the pieces of a line, or those of each cell of a table."""
    if isinstance(change, TableChange):
        return [change.caption, *(cell.pieces for row in (change.header, *change.rows) for cell in row.cells)]
    return [change.pieces]


def standings(redline):
    return [
        (
            "removed" if s.removed else "added" if s.added else "moved" if s.moved else "stays",
            s.old_number,
            s.new_number,
        )
        for s in redline.sections
    ]


@settings(max_examples=200)
@given(edited_pairs())
def test_both_texts_can_be_read_back(pair):
    old, new = pair
    redline = compare(old, new)
    assert said(old_lines(redline)) == said(document_lines(old))
    assert said(new_lines(redline)) == said(document_lines(new))


@settings(max_examples=40)
@given(documents, documents)
def test_texts_that_have_nothing_to_do_with_each_other_can_be_read_back(old, new):
    redline = compare(old, new)
    assert said(old_lines(redline)) == said(document_lines(old))
    assert said(new_lines(redline)) == said(document_lines(new))


@settings(max_examples=40)
@given(edited_pairs())
def test_a_redline_is_empty_exactly_when_the_texts_are_the_same(pair):
    old, new = pair
    assert compare(old, new).is_empty == (canonical_text(old) == canonical_text(new))


@settings(max_examples=40)
@given(documents, st.randoms(use_true_random=False))
def test_so_it_is_when_only_languages_are_marked_otherwise(document, hand):
    other = remarked(document, hand)
    assert compare(document, other).is_empty == (canonical_text(document) == canonical_text(other))


@settings(max_examples=40)
@given(documents)
def test_a_document_has_no_changes_against_itself(document):
    redline = compare(document, document)
    assert redline.is_empty
    assert (redline.inserted, redline.deleted) == (0, 0)
    assert all(part.unchanged and not part.renumbered for part in redline.sections)


@settings(max_examples=40)
@given(edited_pairs())
def test_pieces_are_never_empty_and_take_turns(pair):
    for part in (*(redline := compare(*pair)).sections, redline.preamble):
        for pieces in (part.heading, *chain(*map(pieces_of, part.lines))):
            assert all(piece.runs and all(run.text for run in piece.runs) for piece in pieces)
            assert all(one.op != other.op or one.op == "restyled" for one, other in pairwise(pieces))


def test_changed_words_are_marked():
    assert redlined("We keep your data for 30 days.", "We keep your data for 14 days.") == [
        "We keep your data for[- 30-]{+ 14+} days."
    ]


def test_a_stop_after_a_word_is_no_part_of_it():
    assert redlined("We keep names.", "We keep names and numbers.") == ["We keep names{+ and numbers+}."]


def test_a_stop_inside_a_word_stays_in_it():
    assert redlined("Write to dpo@plum.example now", "Write to gdpr@plum.example now") == [
        "Write to[- dpo@plum.example-]{+ gdpr@plum.example+} now"
    ]


def test_a_changed_comma_is_shown_and_counted():
    redline = compare(paragraphs("names, and numbers"), paragraphs("names and numbers"))
    assert shown(redline.preamble.lines[0].pieces) == "names[-,-] and numbers"
    assert (redline.inserted, redline.deleted) == (0, 1)


def test_a_new_sentence_is_marked_whole():
    assert redlined("We keep it. We share it.", "We keep it. We delete it later. We share it.") == [
        "We keep it.{+ We delete it later.+} We share it."
    ]


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("the the 1. the the", "the the 1. the"),
        ("Pay 5; 5 5", "Pay 5; 5"),
        ("We tell you: do not do not", "We tell you: do not"),
        ("We keep 3. 7 7 7", "We keep 3. 7"),
    ],
)
def test_words_said_twice_at_the_end_of_a_line_are_not_lost(longer, shorter):
    """What slides to the start of its sentence leaves as many words behind it, at the end of a line as well."""
    for old, new in ((longer, shorter), (shorter, longer)):
        redline = compare(paragraphs(old), paragraphs(new))
        assert said(old_lines(redline)) == said(document_lines(paragraphs(old)))
        assert said(new_lines(redline)) == said(document_lines(paragraphs(new)))


def test_a_removed_sentence_is_marked_whole():
    assert redlined("We keep it. We sell some of it. We share it.", "We keep it. We share it.") == [
        "We keep it.[- We sell some of it.-] We share it."
    ]


def test_a_lone_word_that_stayed_between_replaced_parts_is_not_marked():
    assert redlined(
        "the personal data of our customers is kept safe by us for ever",
        "all information of those users is kept safe by us for ever",
    ) == ["[-the personal data-]{+all information+} of[- our customers-]{+ those users+} is kept safe by us for ever"]


def test_words_between_small_changes_stay():
    assert redlined("for 30 days after receipt of it", "for 14 days before receipt of it") == [
        "for[- 30-]{+ 14+} days[- after-]{+ before+} receipt of it"
    ]


def test_words_between_insertions_stay():
    assert redlined("We keep names and addresses of you", "We keep full legal names and old new addresses of you") == [
        "We keep{+ full legal+} names and{+ old new+} addresses of you"
    ]
    assert redlined("We keep names of you", "We keep full legal names now and then of you") == [
        "We keep{+ full legal+} names{+ now and then+} of you"
    ]


def test_lines_with_little_in_common_are_shown_one_after_the_other():
    assert redlined("Completely other words stood here before", "Now we say something of our own") == [
        "[-Completely other words stood here before-]",
        "{+Now we say something of our own+}",
    ]


def test_a_heading_is_one_line_even_when_replaced():
    (part,) = compare(policy(section("Sharing", key="a")), policy(section("Whom we tell", key="a"))).sections
    assert shown(part.heading) == "[-Sharing-]{+Whom we tell+}"
    assert part.changed


def test_neighbouring_words_of_one_style_are_one_run():
    old = Paragraph(inline("Read ", Run("all of this page", strong=True), " now"))
    new = Paragraph(inline("Read ", Run("all of this page", strong=True), " today"))
    pieces = compare(policy(preamble=(old,)), policy(preamble=(new,))).preamble.lines[0].pieces
    assert pieces[0].runs == (Run("Read "), Run("all of this page", strong=True))


def test_a_renumbered_clause_has_no_changed_words():
    redline = compare(clauses("names", "numbers"), clauses("first of all", "names", "numbers"))
    lines = redline.sections[0].lines
    assert [(line.op, line.old_label, line.label) for line in lines] == [
        ("inserted", "", "1.1"),
        ("same", "1.1", "1.2"),
        ("same", "1.2", "1.3"),
    ]
    assert [line.is_relabelled for line in lines] == [False, True, True]
    assert (redline.inserted, redline.deleted) == (3, 0)


def test_a_changed_line_is_found_among_new_ones():
    old = Bullets(tuple(Bullet(inline(t)) for t in ("your name and address", "your date of birth")))
    new = Bullets(tuple(Bullet(inline(t)) for t in ("how you pay", "your name and postal address", "who you are")))
    lines = compare(policy(preamble=(old,)), policy(preamble=(new,))).preamble.lines
    assert [shown(line.pieces) for line in lines] == [
        "{+how you pay+}",
        "your name and{+ postal+} address",
        "[-your date of birth-]",
        "{+who you are+}",
    ]


def test_a_moved_section_adds_no_changed_words():
    one, two, three = (section(f"Part {n}", f"words of part {n}", key=n) for n in "abc")
    redline = compare(policy(one, two, three), policy(three, one, two))
    assert standings(redline) == [("moved", 3, 1), ("stays", 1, 2), ("stays", 2, 3)]
    assert (redline.inserted, redline.deleted, redline.moved_sections) == (0, 0, 1)
    assert not redline.is_empty
    assert [part.renumbered for part in redline.sections] == [True, True, True]


def test_a_section_can_be_moved_and_changed():
    one, two, three = (section(f"Part {n}", f"We keep it for {n} days", key=n) for n in "abc")
    redline = compare(policy(one, two, three), policy(section("Part c", "We keep it for 30 days", key="c"), one, two))
    moved = redline.sections[0]
    assert moved.moved and moved.changed
    assert shown(moved.lines[0].pieces) == "We keep it for[- c-]{+ 30+} days"


def test_a_section_that_only_counts_differently_is_not_moved():
    one, two = section("One", "first words", key="a"), section("Two", "second words", key="b")
    redline = compare(policy(one, two), policy(section("New", "fresh", key="n"), one, two))
    assert standings(redline) == [("added", None, 1), ("stays", 1, 2), ("stays", 2, 3)]
    assert [part.unchanged for part in redline.sections] == [False, True, True]


def test_a_removed_section_is_shown_where_it_stood():
    one, two, three = (section(f"Part {n}", f"words of part {n}", key=n) for n in "abc")
    redline = compare(policy(one, two, three), policy(one, three))
    assert standings(redline) == [("stays", 1, 1), ("removed", 2, None), ("stays", 3, 2)]
    assert (redline.inserted, redline.deleted) == (0, 6)


def test_a_removed_first_section_is_shown_first():
    redline = compare(policy(section("One", key="a"), section("Two", key="b")), policy(section("Two", key="b")))
    assert standings(redline) == [("removed", 1, None), ("stays", 2, 1)]


def test_sections_with_new_keys_are_aligned_by_heading():
    old = policy(*(section(heading, f"{heading} words", key=heading) for heading in ("Keeping", "Sharing")))
    new = policy(section("Fresh"), *(replace(part, key=f"new-{part.key}") for part in old.sections))
    assert standings(compare(old, new)) == [("added", None, 1), ("stays", 1, 2), ("stays", 2, 3)]


def test_sections_with_new_keys_and_headings_are_aligned_by_what_they_say():
    texts = ("We keep names and numbers for as long as you are with us", "We tell nobody but the post and the bank")
    old = policy(*(section(f"Old {n}", text, key=f"old{n}") for n, text in enumerate(texts)))
    new = policy(*(section(f"New {n}", text, key=f"new{n}") for n, text in enumerate(reversed(texts))))
    redline = compare(old, new)
    assert {(part.old_number, part.new_number) for part in redline.sections} == {(2, 1), (1, 2)}
    assert redline.moved_sections == 1


def test_equal_headings_are_told_apart_by_what_they_say():
    one, two = section("Contact", "Write to us at our office"), section("Contact", "Complain to the commissioner")
    redline = compare(policy(one, two), policy(two))
    assert standings(redline) == [("removed", 1, None), ("stays", 2, 1)]


def test_a_key_that_stands_twice_is_not_relied_on():
    one, two = section("One", "first words", key="a"), section("Two", "second words", key="a")
    assert compare(policy(one, two), policy(two, one)).moved_sections == 1


def test_sections_with_hardly_anything_in_common_are_removed_and_added():
    keeping = section("Keeping", "We keep the names of the people who write to us")
    redline = compare(policy(keeping), policy(section("Paying", "You can pay by card on the day of the visit only")))
    assert standings(redline) == [("removed", 1, None), ("added", None, 1)]
    assert (redline.added_sections, redline.removed_sections, redline.changed_sections) == (1, 1, 0)


def test_title_and_preamble_are_compared():
    old, new = paragraphs("In force from May"), replace(paragraphs("In force from June"), title="Privacy notice")
    redline = compare(old, new)
    assert shown(redline.title) == "Privacy[- policy-]{+ notice+}"
    assert redline.title_changed and redline.preamble.changed and not redline.is_empty
    assert (redline.inserted, redline.deleted) == (2, 2)


def test_long_unchanged_stretches_are_folded():
    texts = [f"line {n} says {n}" for n in range(12)]
    changed = [*texts[:6], "line 6 says something else", *texts[7:]]
    (part,) = compare(policy(section("One", *texts, key="a")), policy(section("One", *changed, key="a"))).sections
    assert [line.count if isinstance(line, Fold) else line.op for line in part.folded] == [
        5,
        "same",
        "changed",
        "same",
        4,
    ]
    assert list(chain(*(line.lines if isinstance(line, Fold) else [line] for line in part.folded))) == list(part.lines)


def test_one_line_is_not_folded():
    texts = [f"line {n} says {n}" for n in range(3)]
    (part,) = compare(
        policy(section("One", *texts, key="a")), policy(section("One", *texts[:2], "new", key="a"))
    ).sections
    assert [line.op for line in fold(part.lines)] == ["same", "same", "deleted", "inserted"]
