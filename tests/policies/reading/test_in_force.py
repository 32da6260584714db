"""Which version is in force on a day, against a model too simple to be wrong."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.versions.history import History
from policies.versions.models import PolicyVersion, Standing
from tests.making.policies import a_document, a_draft
from tests.making.versions import days, put, row

DAY = dt.date(2026, 3, 20)
SPAN = 12
A_DOCUMENT = a_document("cookies are small files")

# Each version: in how many days it comes into force, and whether it was withdrawn.
versions = st.lists(st.tuples(st.integers(0, SPAN), st.booleans()), max_size=7)
with_a_database = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def timeline(rows):
    """For each day the version in force: every version, in the order of announcing, takes all days from its own on."""
    found = {}
    for version in rows:
        if not version.is_withdrawn:
            for number in range(SPAN + 2):
                if DAY + days(number) >= version.effective_from:
                    found[DAY + days(number)] = version
    return found


def rows_of(facts):
    return [
        row(n, DAY + days(begins), document=A_DOCUMENT, withdrawn=withdrawn)
        for n, (begins, withdrawn) in enumerate(facts, 1)
    ]


@pytest.fixture
def pages(db):
    return [a_draft(slug="privacy"), a_draft(slug="terms")]


@with_a_database
@given(st.tuples(versions, versions))
def test_the_database_agrees_with_the_simple_model(pages, facts):
    with transaction.atomic():
        policies = [put(page, *rows_of(of_one)) for page, of_one in zip(pages, facts, strict=True)]
        timelines = [timeline(rows) for rows in policies]
        for day in (DAY + days(number) for number in range(-1, SPAN + 2)):
            expected = {line[day] for line in timelines if day in line}
            assert set(PolicyVersion.objects.in_force(on=day)) == expected
        transaction.set_rollback(True)


@with_a_database
@given(versions, st.integers(-1, SPAN + 1))
def test_database_and_history_agree(pages, facts, offset):
    day = DAY + days(offset)
    with transaction.atomic():
        rows = put(pages[0], *rows_of(facts))
        history = History(PolicyVersion.objects.of("privacy").outline(), on=day)
        in_force = [entry.version for entry in history.entries if entry.standing == Standing.IN_FORCE]
        assert in_force == list(PolicyVersion.objects.in_force(on=day))
        assert [entry.version for entry in history.upcoming] == list(PolicyVersion.objects.upcoming(on=day))
        assert {e.version for e in history.entries if e.standing == Standing.WITHDRAWN} == {
            version for version in rows if version.is_withdrawn
        }
        transaction.set_rollback(True)


@given(versions, st.integers(-1, SPAN + 1))
def test_history_agrees_with_the_simple_model(facts, offset):
    rows = rows_of(facts)
    line = timeline(rows)
    history = History(rows, on=DAY + days(offset))
    assert (history.in_force and history.in_force.version) is line.get(history.on)
    for entry in history.entries:
        applied = [day for day, version in line.items() if version is entry.version]
        assert entry.never_in_force == (not applied)
        if applied:
            assert min(applied) == entry.version.effective_from
            assert entry.last_day in (None, max(applied))
            assert (entry.last_day is None) == (max(applied) == DAY + days(SPAN + 1))
