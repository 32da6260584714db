"""What a lawyer relies on: nothing that stayed is marked, nothing that changes the meaning is not."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.texts.document import Paragraph, inline
from policies.texts.redline import LineChange, compare
from policies.texts.redline.words import Words
from tests.making.documents import edited_pairs
from tests.making.redlines import pieces_in, with_blocks

COMMON = ["we", "keep", "the", "data", "of", "rowers", "for", "30", "60", "not", "no", "days", "never", "share", "3.1"]
sentences = st.lists(st.sampled_from(COMMON), min_size=1, max_size=12).map(" ".join)


def longest_common(one, other):
    """The length of the longest common subsequence, the slow and certain way."""
    row = [0] * (len(other) + 1)
    for item in one:
        before = row[:]
        for number, its in enumerate(other, 1):
            row[number] = before[number - 1] + 1 if item == its else max(before[number], row[number - 1])
    return row[-1]


@given(sentences, sentences)
def test_no_word_is_both_removed_and_added_in_one_place(old, new):
    """Between two words that stayed, what was removed and what was added have nothing in common."""
    for line in compare(*(with_blocks(Paragraph(inline(text))) for text in (old, new))).preamble.lines:
        if line.op != "changed":
            continue
        removed = [key for piece in line.pieces if piece.op == "deleted" for key in Words(piece.runs).keys]
        added = [key for piece in line.pieces if piece.op == "inserted" for key in Words(piece.runs).keys]
        stayed = [key for piece in line.pieces if piece.op == "same" for key in Words(piece.runs).keys]
        assert len(stayed) == longest_common(old.split(), new.split())
        for before, now in zip(line.pieces, line.pieces[1:], strict=False):
            if {before.op, now.op} == {"deleted", "inserted"}:
                assert not {*Words(before.runs).keys} & {*Words(now.runs).keys}
        assert Counter(removed) + Counter(stayed) == Counter(old.split())
        assert Counter(added) + Counter(stayed) == Counter(new.split())


MEANT = re.compile(r"\b(?:not|no|never|\d[\d.]*)\b")


@given(edited_pairs())
def test_every_negation_and_figure_that_changed_is_marked(pair):
    """What is in one text more often than in the other is among the marked words of that text."""
    redline = compare(*pair)
    marked = {"deleted": Counter(), "inserted": Counter()}
    stayed = [Counter(), Counter()]
    for section in (redline.preamble, *redline.sections):
        for pieces in (section.heading, *(pieces for line in section.lines for pieces in pieces_in(line))):
            for piece in pieces:
                if piece.op in marked:
                    marked[piece.op] += words_of(piece.runs)
                else:
                    stayed[0] += words_of(piece.side(old=True))
                    stayed[1] += words_of(piece.side(old=False))
    assert stayed[0] == stayed[1]


def words_of(runs):
    return Counter(MEANT.findall("".join(run.text for run in runs)))


@given(edited_pairs())
@settings(max_examples=40)
def test_the_way_back_marks_the_same_the_other_way_round(pair):
    there, back = compare(*pair), compare(*reversed(pair))
    assert (there.inserted, there.deleted, there.restyled) == (back.deleted, back.inserted, back.restyled)
    assert (there.added_sections, there.moved_sections) == (back.removed_sections, back.moved_sections)
    assert there.changed_sections == back.changed_sections


@given(st.lists(sentences, max_size=4), st.lists(sentences, max_size=4))
def test_lines_compared_the_other_way_round_are_turned_round(old, new):
    one, other = (with_blocks(*(Paragraph(inline(text)) for text in side)) for side in (old, new))
    there, back = compare(one, other).preamble.lines, compare(other, one).preamble.lines
    assert Counter(map(turned, there)) == Counter(map(as_told, back))


TURN = {"inserted": "deleted", "deleted": "inserted", "split": "joined", "joined": "split"}


def as_told(line: LineChange):
    return line.op, line.joint, tuple(sorted((piece.op, piece.text.strip()) for piece in line.pieces))


def turned(line: LineChange):
    op, joint, pieces = as_told(line)
    return TURN.get(op, op), TURN.get(joint, joint), tuple(sorted((TURN.get(o, o), text) for o, text in pieces))
