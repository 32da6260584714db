"""How long it takes to write down all recipients, beside the same INSERT … SELECT written by hand.

BENCH_RECIPIENTS       100000 (the promise is for 1000000)
BENCH_STAGING_ROUNDS   3
"""

import os
from random import Random
from statistics import median

import pytest

RECIPIENTS = int(os.environ.get("BENCH_RECIPIENTS", "100000"))
ROUNDS = int(os.environ.get("BENCH_STAGING_ROUNDS", "3"))
WAYS = ["by hand", "insert only", "all of it"]
CHANCE = Random(7)


@pytest.mark.parametrize("name", ["postgresql", "sqlite"])
def test_staging_beside_the_statement_written_by_hand(request, tell, name):
    place = request.getfixturevalue(name)
    place.first.do("people", count=RECIPIENTS)
    seconds = {way: [] for way in WAYS}
    rows = set()
    for _ in range(ROUNDS):
        for way in CHANCE.sample(WAYS, len(WAYS)):
            staged = place.first.do("stage", how=way)
            seconds[way].append(staged["seconds"])
            rows.add(str(staged["rows"]))
    assert len(rows) == 1, "they have not staged the same"
    count = sum(sort[-1] for sort in staged["rows"])
    tell(f"\nStaging {count:,} recipients, {place.name}, {ROUNDS} rounds; load {os.getloadavg()[0]:.1f}")
    for way, taken in seconds.items():
        middle, by_hand = median(taken), median(seconds["by hand"])
        tell(f"{way:16} {middle:7.2f} s ({min(taken):.2f} to {max(taken):.2f})  {middle / by_hand:6.2f} × by hand")


@pytest.mark.parametrize("name", ["postgresql", "sqlite"])
def test_staging_followers_beside_as_many_people(request, tell, name):
    place = request.getfixturevalue(name)
    place.first.do("people", count=RECIPIENTS)
    place.first.do("followers", count=RECIPIENTS)
    staged = [place.first.do("stage followers") for _ in range(ROUNDS)]
    assert len({one["followers"] for one in staged}) == 1
    seconds = [one["seconds"] for one in staged]
    tell(
        f"\nStaging {staged[0]['followers']:,} of {RECIPIENTS:,} followers, {place.name}; load {os.getloadavg()[0]:.1f}"
    )
    tell(f"{median(seconds):7.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
