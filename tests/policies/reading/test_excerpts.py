"""What is shown of the differences between a pasted text and a version."""

from policies.reading.excerpts import excerpts
from policies.texts.document import Run
from policies.texts.redline import Piece, compare_texts


def words(count, word="word"):
    return " ".join(f"{word}{number}" for number in range(count))


def shown(found):
    return ["".join(piece.text for piece in passage) for passage in found.passages]


def test_a_change_stands_among_a_few_words_that_stayed():
    found = excerpts(compare_texts(f"{words(100)} old {words(100, 'more')}", f"{words(100)} new {words(100, 'more')}"))
    (passage,) = shown(found)
    assert passage.startswith("… word88 ")
    assert passage.endswith(" more11 …")
    assert "old new" in passage
    assert (found.inserted, found.deleted) == (1, 1)


def test_changes_far_apart_are_passages_of_their_own():
    found = excerpts(compare_texts(f"a {words(100)} b", f"x {words(100)} y"))
    assert len(shown(found)) == 2


def test_changes_near_each_other_are_read_together():
    found = excerpts(compare_texts(f"a {words(20)} b", f"x {words(20)} y"))
    assert len(shown(found)) == 1


def test_a_very_long_insertion_is_cut_and_counted():
    found = excerpts(compare_texts("start end", f"start {words(5000)} end"))
    assert "[and 4,800 more words]" in shown(found)[0]
    assert found.inserted == 5000


def test_very_many_changes_are_cut_and_counted():
    pieces = tuple(Piece("inserted" if number % 2 else "same", (Run(" word"),)) for number in range(1000))
    found = excerpts(pieces)
    assert not found.is_whole
    assert sum(map(len, found.passages)) == 400
    assert found.inserted == 500
