"""How long the largest nonsense takes that anybody may hand in: to import, and to compare with a policy's versions.

Run with `pytest -o addopts="" tests/bench/test_reading_speed.py`. What takes longer than LIMIT fails: a
regular expression that goes astray is no matter of machines.
"""

import contextlib
from time import process_time

import pytest

from policies.texts.importing import UnreadablePolicy, read_policy
from policies.texts.markup import blocks_from_html, runs_from_html, sanitise
from tests.making.nonsense import MARKUP, MEGABYTE, NONSENSE, RUBBISH, rubbish
from tests.making.policies import a_draft, announce

LIMIT = 10  # seconds of the processor


@pytest.fixture
def in_time(capsys, request):
    """Do something, say how long it took, and fail if that was too long."""

    def do(act):
        began = process_time()
        act()
        took = process_time() - began
        with capsys.disabled():
            print(f"\n{request.node.name}: {took:.2f} s")  # noqa: T201
        assert took < LIMIT

    return do


def read(path, text):
    path.write_text(text)
    with contextlib.suppress(UnreadablePolicy):
        read_policy(path)


@pytest.mark.parametrize(("start", "piece", "times"), MARKUP)
def test_as_much_markup_as_is_read(in_time, tmp_path, start, piece, times):
    in_time(lambda: read(tmp_path / "p.md", start + piece * times))


@pytest.mark.parametrize(("name", "start", "piece"), NONSENSE)
def test_a_megabyte_of_nonsense(in_time, tmp_path, name, start, piece):
    in_time(lambda: read(tmp_path / name, start + piece * (MEGABYTE // len(piece))))


@pytest.mark.parametrize("tag", ["<ul><li>", "<div>", "<b>", "<a href=/x>", "<table><tr><td>", "<dl><dd>"])
def test_a_hundred_thousand_levels(in_time, tag):
    in_time(lambda: [read(tag * 100_000 + "word") for read in (blocks_from_html, runs_from_html, sanitise)])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", RUBBISH)
def test_two_megabytes_pasted(in_time, client, kind):
    text = rubbish(kind, announce(a_draft()).text)
    in_time(lambda: client.post("/policies/privacy/verify/", {"text": text}))
