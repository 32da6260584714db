"""Where each version of one policy stands on a date. Pure: it looks at versions, not at the database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.utils import timezone

from policies.versions.models import PolicyVersion, Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with its standing on a date and the days it is, was or will be in force.

    `until` is the first day on which it is no longer in force; None while no later version is announced.
    `never_in_force`: withdrawn, or replaced before it began or on the day it began.
    `for_part_of_a_day`: the latter, when it had been announced and was in force until its successor was, too.
    """

    version: PolicyVersion
    standing: Standing
    until: dt.date | None
    never_in_force: bool
    for_part_of_a_day: bool = False

    @property
    def last_day(self) -> dt.date | None:
        return self.until - dt.timedelta(days=1) if self.until else None


class History:
    """All versions of one policy, newest first, as they stand on a date."""

    def __init__(self, versions: Iterable[PolicyVersion], *, on: dt.date) -> None:
        self.on = on
        newest_first = sorted(versions, key=lambda version: version.sequence, reverse=True)
        self.entries: list[Entry] = []
        begins: dt.date | None = None  # when the next newer kept version begins
        newer: PolicyVersion | None = None  # the next newer kept version
        for version in newest_first:
            self.entries.append(self._entry(version, begins, newer))
            if not version.is_withdrawn:
                begins, newer = min(filter(None, (begins, version.effective_from))), version

    def _entry(self, version: PolicyVersion, begins: dt.date | None, newer: PolicyVersion | None) -> Entry:
        if version.is_withdrawn:
            return Entry(version, Standing.WITHDRAWN, None, never_in_force=True)
        replaced = begins is not None and begins <= version.effective_from
        if replaced or (begins is not None and begins <= self.on):
            standing = Standing.SUPERSEDED
        elif version.effective_from > self.on:
            standing = Standing.UPCOMING
        else:
            standing = Standing.IN_FORCE
        had_begun = newer is not None and version.effective_from <= timezone.localdate(newer.announced_at)
        return Entry(version, standing, None if replaced else begins, replaced, replaced and had_begun)

    @cached_property
    def mark(self) -> str:
        """Return another word for each thing that pages can say of the policy; parts of them are kept by it.

        An announced version is frozen but for its withdrawal, and its chain stands for it.
        """
        changing = ("chain", "withdrawn_at", "withdrawn_reason", "has_register")
        said = [[getattr(entry.version, name, None) for name in changing] for entry in self.entries]
        return sha256(f"{self.on} {said}".encode()).hexdigest()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def of(self, version: PolicyVersion) -> Entry:
        return next(entry for entry in self.entries if entry.version.sequence == version.sequence)

    @property
    def in_force(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.standing == Standing.IN_FORCE), None)

    @property
    def upcoming(self) -> Sequence[Entry]:
        """Soonest first."""
        return [entry for entry in reversed(self.entries) if entry.standing == Standing.UPCOMING]

    @property
    def newest(self) -> Entry | None:
        """The newest that was not withdrawn."""
        return next((entry for entry in self.entries if not entry.version.is_withdrawn), None)

    def before(self, version: PolicyVersion) -> PolicyVersion | None:
        """The version that this one amended: the newest kept before it."""
        older = (entry.version for entry in self.entries if entry.version.sequence < version.sequence)
        return next((candidate for candidate in older if not candidate.is_withdrawn), None)
