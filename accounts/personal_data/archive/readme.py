"""`README.txt`: what each file is, and what each column of each table means."""

from collections.abc import Iterator

from accounts.personal_data.archive.article15 import facts
from accounts.personal_data.archive.data_json import column_words
from accounts.personal_data.archive.gathering import MANIFEST, Gathered, Held
from accounts.personal_data.archive.zipping import File
from accounts.personal_data.collecting import Problem

TABLES = """\
The tables can be opened in any spreadsheet: CSV, UTF-8, divided by commas. Times are those of London.
Where a text, or a part of it on a new line or after a semicolon, begins with = + - @ or a line break, it has an
apostrophe (') in front, which is no part of it: without one a spreadsheet could take it for a formula and run it.
Letters that cannot be shown, such as NUL, are left out. A spreadsheet may itself show digits in another way, such as
007 as 7. data.json has every value exactly as it is held; its times are those of UTC.
"""


def readme(gathered: Gathered, files: list[File]) -> Iterator[str]:
    """Return the text, with lines that end as every editor understands."""
    for line in _lines(gathered, files):
        yield line.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"


def _lines(gathered: Gathered, files: list[File]) -> Iterator[str]:
    yield f"\ufeffYour data at {gathered.site}, {gathered.address}\n"
    yield f"About: {gathered.email}"
    yield f"Made:  {gathered.made_at:%Y-%m-%d %H:%M} UTC, in {gathered.rows} rows\n"
    yield from _problems(gathered.problems)
    yield "FILES\n"
    yield from (f"{file.path}: {file.about}" for file in files)
    yield f"{MANIFEST}: the length and the SHA-256 of each file\n"
    yield TABLES
    for fact in facts(gathered.controller):
        yield f"{fact.title.upper()}\n"
        yield from (f"- {line}" for line in fact.lines)
        yield ""
    for held in gathered.held:
        yield from _kind(held)


def _kind(held: Held) -> Iterator[str]:
    kind = held.kind
    yield f"\n{held.path}: {kind.title}, {len(held.rows)} rows"
    yield kind.what
    yield f"Why: {kind.why} {kind.basis.label}."
    yield f"Kept: {kind.retention.words}. When your account is closed: {kind.erasure.value.lower()}. {kind.why_kept}"
    yield f"Received by: {'; '.join(kind.receivers) or 'nobody else'}."
    yield from (f"  {column.name}: {column_words(column)}" for column in kind.exported)
    yield from (f"  Not in here: {column.words}. {column.why_not}." for column in kind.left_out)
    yield from _problems(held.problems)


def _problems(problems: list[Problem]) -> Iterator[str]:
    yield from (f"  MISSING: {where(problem)}: {problem.reason}" for problem in problems)


def where(problem: Problem) -> str:
    """Say what is missing: "row 17, column detail"."""
    parts = [f"row {problem.row}" if problem.row else "all rows"]
    return ", ".join([*parts, f"column {problem.column}"] if problem.column else parts)
