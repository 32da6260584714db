"""What the pages about policies show of them."""

import datetime as dt
from functools import cache
from typing import Final, NamedTuple

from django.utils import timezone

from policies.reading.redline_page import lay_out_redline
from policies.texts.document import Document
from policies.texts.redline import compare
from policies.versions.history import Entry, History
from policies.versions.kept_register import has_register
from policies.versions.models import PolicyVersion

SLUG: Final = "a slug, to be filled in"
# Each column by itself, in the names of the fields, whose types tell how to read them. Written out, as Django takes
# longer to put it together than the database to answer it.
NEWEST_OF_ALL: Final = """
    SELECT max(id) AS id, max(announced_at) AS announced_at, max(recorded_at) AS recorded_at,
           max(withdrawn_at) AS withdrawn_at, count(withdrawn_at) AS out,
           max(CASE WHEN effective_from <= %s THEN effective_from END) AS effective_from
      FROM policies_policyversion
"""


def history_of(slug: str) -> History:
    """Return all announced versions of a policy as they stand today, without their texts; empty if there is none."""
    sql, values = _query_of_history()
    found = PolicyVersion.objects.raw(sql, [slug if value == SLUG else value for value in values])
    return History(found, on=timezone.localdate())


@cache
def _query_of_history() -> tuple[str, tuple[object, ...]]:
    """Return the query in SQL, put together once: that takes longer than the database needs for the answer."""
    versions = PolicyVersion.objects.of(SLUG).outline().annotate(has_register=has_register()).order_by()
    sql, values = versions.query.sql_with_params()
    return sql, tuple(values)


def find(history: History, number: str) -> Entry | None:
    """Return the version with exactly this number: neither 01.0 nor 1.00 is 1.0."""
    return next((entry for entry in history.entries if entry.version.number == number), None)


def in_force_on(history: History, day: dt.date) -> Entry | None:
    """Return what was, is or will be in force on that day, by what is announced today."""
    return History([entry.version for entry in history.entries], on=day).in_force


def midnight(day: dt.date) -> dt.datetime:
    """Return when that day begins by our clocks: versions come into force then."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def published_at(version: PolicyVersion) -> dt.datetime:
    """Return when this site began to show the version: later than its announcement if that was made elsewhere."""
    return version.recorded_at or version.announced_at


def changed_at(history: History) -> dt.datetime:
    """Return when what is shown of a policy last changed: announced, withdrawn or come into force."""
    versions = [entry.version for entry in history.entries]
    begun = [midnight(version.effective_from) for version in versions if version.effective_from <= history.on]
    withdrawn = [version.withdrawn_at for version in versions if version.withdrawn_at]
    return max([*map(published_at, versions), *begun, *withdrawn])


class AllPolicies(NamedTuple):
    """How all policies stand on a day.

    Attributes:
        changed_at: when what is shown of them last changed.
        mark: another word for each thing that pages can say of them together: versions are frozen and never deleted, so
            that the newest one and how many were withdrawn tell it.
    """

    changed_at: dt.datetime
    mark: str


def all_policies_on(on: dt.date) -> AllPolicies:
    newest = PolicyVersion.objects.raw(NEWEST_OF_ALL, [on])[0]
    begun = [midnight(newest.effective_from)] if newest.effective_from else []
    known = [*filter(None, (newest.announced_at, newest.recorded_at, newest.withdrawn_at)), *begun]
    out = vars(newest)["out"]
    return AllPolicies(max(known, default=dt.datetime.fromtimestamp(0, dt.UTC)), f"{on} {newest.pk} {out}")


def about(history: History) -> dict[str, object]:
    """Return what every page about a policy knows: its versions, and the one whose title stands for the policy."""
    return {"history": history, "policy": (history.in_force or history.newest or history.entries[0]).version}


def policy_context(history: History) -> dict[str, object]:
    """Return what the page of a policy shows: the text in force and what is coming."""
    entry = history.in_force
    return {
        **about(history),
        "entry": entry,
        "version": entry and entry.version,
        "previous": entry and history.before(entry.version),
        "upcoming": [(coming.version, history.before(coming.version)) for coming in history.upcoming],
    }


def version_context(history: History, entry: Entry) -> dict[str, object]:
    """Return what the page of one version shows: its text and its place among the others."""
    place = history.entries.index(entry)
    return {
        **about(history),
        "entry": entry,
        "version": entry.version,
        "previous": history.before(entry.version),
        "newer": history.entries[place - 1].version if place else None,
        "older": history.entries[place + 1].version if place + 1 < len(history) else None,
    }


def redline_context(old: Document, new: Document) -> dict[str, object]:
    """Return a redline and how it is laid out on a page."""
    redline = compare(old, new)
    return {"redline": redline, "laid_out": lay_out_redline(redline)}


def announced_between(history: History, one: Entry, other: Entry) -> list[Entry]:
    """Return the versions whose changes lie between two, oldest first; withdrawn ones only if they are at its end."""
    low, high = sorted((one, other), key=lambda entry: entry.version.sequence)
    numbers = range(low.version.sequence + 1, high.version.sequence + 1)
    later = [entry for entry in reversed(history.entries) if entry.version.sequence in numbers]
    return [entry for entry in later if entry == high or not entry.version.is_withdrawn]
