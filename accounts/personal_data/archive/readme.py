"""`README.txt`: what each file is, how to open the tables, and what people must be told."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.archive.article15 import facts
from accounts.personal_data.archive.gathering import MANIFEST, Gathered
from accounts.personal_data.archive.zipping import File
from accounts.personal_data.collecting import Problem
from accounts.values.country import ITS_CLOCKS
from accounts.values.wording import Words, entries_in_words

TABLES = _("""\
What each of these is for, why we may hold it and for how long stands in index.html, beside the data.

The tables can be opened in any spreadsheet: CSV, UTF-8, divided by commas. Times are those of {clocks}, each with its
distance from UTC. What a spreadsheet could take for a formula has an apostrophe (') in front, which is no part of it.
Letters that cannot be shown are left out. data.json has every value as it is held, under short names; its times are
those of UTC.
""")


def readme(gathered: Gathered, files: list[File]) -> Iterator[str]:
    """Return the text, with lines that end as every editor understands."""
    for line in _lines(gathered, files):
        yield line.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"


def _lines(gathered: Gathered, files: list[File]) -> Iterator[str]:
    about = gettext("Your data at %(site)s, %(address)s") % {"site": gathered.site, "address": gathered.address}
    yield f"\ufeff{about}\n"
    yield gettext("About: %(email)s") % {"email": gathered.email}
    yield gettext("Made:  %(made_at)s UTC, in %(entries)s") % {
        "made_at": f"{gathered.made_at:%Y-%m-%d %H:%M}",
        "entries": entries_in_words(gathered.rows),
    }
    yield ""
    yield from _problems(gathered.problems)
    for held in gathered.held:
        yield from _problems(held.problems, held.kind.title)
    yield gettext("FILES")
    yield ""
    yield from (f"{file.path}: {file.about}" for file in files)
    yield gettext("%(manifest)s: the length and the SHA-256 of each file") % {"manifest": MANIFEST}
    yield ""
    yield TABLES.format(clocks=ITS_CLOCKS)
    for fact in facts(gathered.controller):
        yield f"{str(fact.title).upper()}\n"
        yield from (f"- {line}" for line in fact.lines)
        yield ""


def _problems(problems: list[Problem], kind: Words = "") -> Iterator[str]:
    words = gettext("MISSING: %(kind)s, %(where)s: %(reason)s") if kind else gettext("MISSING: %(where)s: %(reason)s")
    for problem in problems:
        missing = words % {"kind": kind, "where": where(problem), "reason": problem.reason}
        yield f"  {missing}"


def where(problem: Problem) -> str:
    """Say what is missing: "row 17, column detail"."""
    parts = [gettext("row %(row)s") % {"row": problem.row} if problem.row else gettext("all rows")]
    return ", ".join([*parts, gettext("column %(column)s") % {"column": problem.column}] if problem.column else parts)
