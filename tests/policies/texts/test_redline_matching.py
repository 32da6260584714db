"""How the redline matches words: plain texts, sequences, and how much memory that takes."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.texts.redline import compare_texts
from policies.texts.redline.matching import longest_rising, matches
from tests.making.documents import WORDS

MARKS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def shown(pieces):
    return "".join(MARKS[piece.op].format(piece.text) for piece in pieces)


texts = st.one_of(st.lists(st.sampled_from([*WORDS, "\n", "\n\n", "    "]), max_size=30).map(" ".join), st.text())


@given(texts, texts)
def test_the_words_of_both_plain_texts_can_be_read_back(old, new):
    pieces = compare_texts(old, new)
    assert "".join(p.text for p in pieces if p.op != "inserted").split() == old.split()
    assert "".join(p.text for p in pieces if p.op != "deleted").strip() == new.strip()


def test_plain_texts_wrapped_at_other_places_are_the_same():
    assert [piece.op for piece in compare_texts("    4.1 We keep\nnames", "4.1 We\n keep names\n")] == ["same"]


def test_changed_words_of_plain_texts_are_marked():
    assert shown(compare_texts("We keep it for 30 days here.", "We keep it for 14 days here.")) == (
        "We keep it for[- 30-]{+ 14+} days here."
    )


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_matches_are_common_and_in_order(old, new):
    at_old = at_new = 0
    for start_old, start_new, size in matches(old, new):
        assert start_old >= at_old and start_new >= at_new
        assert old[start_old : start_old + size] == new[start_new : start_new + size]
        at_old, at_new = start_old + size, start_new + size


@settings(max_examples=40)
@given(st.lists(st.integers(0, 9), min_size=1), st.lists(st.integers(0, 9)))
def test_large_sequences_are_matched_in_parts(old, new):
    """Long enough not to be given to one comparison, with what is to be found at both ends and in the middle."""
    filler, other = list(range(100, 4600)), list(range(10_000, 14_500))
    long_old = [*old, *filler, *old, "middle", *filler[::-1], *old]
    long_new = [*old, *other, *new, "middle", *other[::-1], *old]
    found = matches(long_old, long_new)
    assert found[0][:2] == (0, 0)
    assert (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (len(long_old), len(long_new))
    assert all(long_old[i : i + size] == long_new[j : j + size] for i, j, size in found)
    assert (long_old.index("middle"), long_new.index("middle")) in {
        (i + at, j + at) for i, j, size in found for at in range(size)
    }
    assert all(i + n <= k and j + n <= m for (i, j, n), (k, m, _) in pairwise(found))


@given(st.permutations(range(7)))
def test_a_longest_rising_part_is_found(values):
    path = [values[position] for position in longest_rising(values)]
    assert path == sorted(path)
    assert len(path) == max(len(p) for p in rising_parts(values))


def rising_parts(values):
    parts = [[]]
    for value in values:
        parts += [[*part, value] for part in parts if not part or part[-1] < value]
    return parts


MEASURED = """
from pathlib import Path
from policies.texts.redline import compare_texts
old, new = (" ".join(str(n * n * step % 997) for n in range(70_000)) for step in (3, 5))
compare_texts(old, new)
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read where Linux tells it")
def test_long_texts_take_little_memory():
    """Compared as one, 70,000 words with 70,000 others would take 600 MB."""
    told = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, check=True, text=True)
    assert int(told.stdout) < 250_000
