"""Compares announced versions with the CMS's log of announcements and withdrawals, both ways.

The log is read as if somebody had tampered with it: what is missing or malformed becomes a line of the list.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import PageLogEntry

from policies.versions.models import PolicyVersion

ANNOUNCED, WITHDRAWN = "policies.announce", "policies.withdraw"
# Withdrawing writes the log in the same transaction, after stopping what was on its way.
AT_ONCE = dt.timedelta(hours=1)
T = TypeVar("T", int, str)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry of the log says; the facts that are missing or of another kind are None."""

    pk: int
    page: int
    label: str
    action: str
    at: dt.datetime
    revision: int | None
    sequence: int | None
    number: str
    chain: str | None
    reason: str | None


@dataclass
class Log:
    """The entries of all policies, by what they are about."""

    announced: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))  # by chain
    withdrawn: dict[tuple[int, int], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    unreadable: list[Entry] = field(default_factory=list)


def read_log() -> Log:
    """Read all entries about announcing and withdrawing."""
    log = Log()
    rows = PageLogEntry.objects.filter(action__in=(ANNOUNCED, WITHDRAWN)).order_by("timestamp", "pk")
    # As text: what the database takes for JSON, Python may not.
    raw = rows.annotate(raw=Cast("data", TextField()))
    columns = raw.values_list("pk", "page_id", "label", "action", "timestamp", "revision_id", "raw")
    for *known, text in columns.iterator():
        facts = _facts(text)
        number = _fact(facts, "number", str) or "-"
        chain, reason = _fact(facts, "chain", str), _fact(facts, "reason", str)
        pk, page, label, action, at, revision = known
        entry = Entry(pk, page, label, action, at, revision, _fact(facts, "sequence", int), number, chain, reason)
        if entry.action == ANNOUNCED and entry.chain:
            log.announced[entry.chain].append(entry)
        elif entry.action == WITHDRAWN and entry.sequence:
            log.withdrawn[entry.page, entry.sequence].append(entry)
        else:
            log.unreadable.append(entry)
    return log


def _facts(raw: str | None) -> dict[str, object]:
    try:
        data = json.loads(raw or "")
    except (ValueError, RecursionError):
        data = None
    return data if isinstance(data, dict) else {}


def _fact(facts: dict[str, object], name: str, kind: type[T]) -> T | None:
    value = facts.get(name)
    return value if isinstance(value, kind) and type(value) is kind else None  # True is no number


def compare(log: Log, versions: Iterable[PolicyVersion]) -> Iterator[tuple[PolicyVersion, str]]:
    """Yield each version of which the log says something else, or nothing, with what that is."""
    for version in versions:
        for what in (*_announcement_problems(version, log), *_withdrawal_problems(version, log)):
            yield version, what


def _announcement_problems(version: PolicyVersion, log: Log) -> Iterator[str]:
    entries = [entry for entry in log.announced.get(version.chain, ()) if entry.page == version.page_id]
    if not entries:
        yield "the log does not say that it was announced"
        return
    if len(entries) > 1:
        yield f"the log says {len(entries)} times that it was announced"
    for entry in entries:
        if (entry.sequence, entry.number) != (version.sequence, version.number):
            yield f"the log says that it was version {entry.number}"
        if entry.revision != version.revision_id:
            yield "its draft is not the one that the log says was announced"


def _withdrawal_problems(version: PolicyVersion, log: Log) -> Iterator[str]:
    entries = log.withdrawn.get((version.page_id, version.sequence), [])
    if version.withdrawn_at is None:
        if entries:
            yield "the log says that it was withdrawn, but it is not"
        return
    if not entries:
        yield "the log does not say that it was withdrawn"
    for entry in entries:
        if entry.reason != version.withdrawn_reason:
            yield "it was withdrawn for another reason, the log says"
        if not dt.timedelta(seconds=-1) <= entry.at - version.withdrawn_at <= AT_ONCE:
            yield f"it was withdrawn at another time, the log says: {entry.at:%Y-%m-%d %H:%M} UTC"


def without_a_version(log: Log, versions: Iterable[PolicyVersion]) -> Iterator[tuple[Entry, str]]:
    """Yield each entry that is about no version that is there, and say so: a chain cannot miss its last link."""
    there = list(versions)
    chains = {(version.page_id, version.chain) for version in there}
    numbers = {(version.page_id, version.sequence) for version in there}
    for entries in log.announced.values():
        for entry in entries:
            if (entry.page, entry.chain) not in chains:
                yield entry, "the log says that it was announced, but it is not there"
    for about, entries in log.withdrawn.items():
        if about not in numbers:
            yield entries[0], "the log says that it was withdrawn, but it is not there"
    for entry in log.unreadable:
        yield entry, f"entry {entry.pk} of the log ({entry.action}) cannot be read"
