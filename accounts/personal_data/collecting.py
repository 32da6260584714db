"""Collects every registered row of a person, as plain values: one query for each kind, a few rows in memory at a time.

A row, or a value of one, that cannot be read is named with the reason, and the rest still comes.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, DataError, connection, connections, transaction
from django.db.models import Field, Model, QuerySet
from django.utils.encoding import is_protected_type
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts.personal_data.register import Column, Kind, Subject, kinds, rows_of, subject_of
from accounts.values.person import Person

AT_ONCE = 1000

Getter = Callable[[Model], object]
Found = Model | tuple[object, ...]


class Row(NamedTuple):
    """One row, ready for a download: a plain value for each exported column of its kind, in their order."""

    pk: str
    values: list[object]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be exported, and why. Without `row` it is about the kind; without `column`, the whole row."""

    reason: str
    row: str = ""
    column: str = ""


def collect(user: Person) -> Iterator[tuple[Kind, Iterator[Row | Problem]]]:
    """Return each kind of the register with the person's rows, read as they are asked for.

    A row may be followed by problems with single values of it, which are None in the row.

    Raises:
        DatabaseError: while reading; then nothing can be said of the rest.
    """
    subject = subject_of(user)
    for kind in kinds():
        yield kind, rows_to_export(kind, subject)


def counts_of(user: Person) -> list[tuple[Kind, int]]:
    """Return how many rows of each kind are held about a person."""
    subject = subject_of(user)
    return [(kind, rows_of(kind, subject).count()) for kind in kinds()]


@contextmanager
def one_moment() -> Iterator[None]:
    """Read as the database is at one moment, whatever is written meanwhile.

    Inside another transaction that one's rules hold. On SQLite every transaction is such a moment.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def let_go_of_the_database() -> None:
    """Return connections as Django does after a request, except one whose transaction is still open."""
    for each in connections.all(initialized_only=True):
        if not each.in_atomic_block:
            each.close_if_unusable_or_obsolete()


def rows_to_export(kind: Kind, subject: Subject) -> Iterator[Row | Problem]:
    """Yield a person's rows with their exported columns; of one that cannot be read, what can be and the problems."""
    fields = [field for column in kind.exported if (field := field_of(kind, column))]
    names = [field.attname for field in fields] if len(fields) == len(kind.exported) else None
    readers = [_reader(field) for field in fields]
    getters = [(column.name, getter_of(kind, column, subject)) for column in kind.exported]
    for found in _found(kind, subject, names):
        if isinstance(found, Problem):
            yield found
            continue
        try:
            if isinstance(found, tuple):
                values = [read(value) for read, value in zip(readers, found[1:], strict=True)]
            else:
                values = [get(found) for _, get in getters]
        except Exception:
            row = rows_of(kind, subject).get(pk=found[0]) if isinstance(found, tuple) else found
            yield from _in_parts(row, getters)
        else:
            yield Row(str(_pk_of(found)), values)


def _in_parts(row: Model, getters: list[tuple[str, Getter]]) -> Iterable[Row | Problem]:
    """Return what can be read of a row, and a problem for each value that cannot."""
    values, problems = [], []
    for name, get in getters:
        try:
            values.append(get(row))
        except Exception as error:
            _refuse_to_go_on(error)
            values.append(None)
            problems.append(Problem(reason_of(error), str(row.pk), name))
    return [Row(str(row.pk), values), *problems]


def _found(kind: Kind, subject: Subject, names: list[str] | None) -> Iterator[Found | Problem]:
    """Return the rows; where one cannot be read, one by one from there on, with a problem for each that still cannot.

    Args:
        names: the fields to read, where nothing else is asked for: tuples of the key and these take half the time.
    """
    rows, last = None, None
    try:
        rows = rows_of(kind, subject)
        for row in _in_chunks(rows if names is None else rows.values_list("pk", *names)):
            last = _pk_of(row)
            yield row
    except Exception as error:
        _refuse_to_go_on(error)
        if rows is None:
            yield Problem(reason_of(error))
        else:
            yield from _one_by_one(rows if last is None else rows.filter(pk__gt=last))


def _in_chunks(rows: "QuerySet[Model, Found]") -> Iterator[Found]:
    """Yield all rows. Most kinds have few: these are fetched at once, without a cursor in the database."""
    first = list(rows[:AT_ONCE])
    yield from first
    if len(first) == AT_ONCE:
        yield from rows.filter(pk__gt=_pk_of(first[-1])).iterator(chunk_size=AT_ONCE)


def _pk_of(row: Found) -> object:
    return row[0] if isinstance(row, tuple) else row.pk


def _one_by_one(rows: QuerySet[Model]) -> Iterator[Model | Problem]:
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            row: Model | Problem | None = rows.filter(pk=pk).first()
        except Exception as error:
            _refuse_to_go_on(error)
            row = Problem(reason_of(error), str(pk))
        if row is not None:
            yield row


def _refuse_to_go_on(error: Exception) -> None:
    """A failing database stops the export; a single value that cannot be read does not."""
    if isinstance(error, DatabaseError) and not isinstance(error, DataError):
        raise error


def reason_of(error: Exception) -> str:
    """Say why without the error's own words: they may repeat what is not the person's."""
    return gettext("The software could not read it (%(name)s). Write to us, and we send it to you.") % {
        "name": type(error).__name__
    }


def getter_of(kind: Kind, column: Column, subject: Subject) -> Getter:
    """Return what reads a column's plain value from a row."""
    if column.value:
        made = column.value
        return lambda row: plain(made(row, subject))
    field = field_of(kind, column)
    if field is None:
        return lambda row: plain(getattr(row, column.name))
    get, read = attrgetter(field.attname), _reader(field)
    return lambda row: read(get(row))


def _reader(field: "Field[Any, Any]") -> Callable[[object], object]:
    """Return what makes a value of a field plain, as Django's serializers do; what most are, the short way."""
    name, to_string = field.attname, field.value_to_string

    def read(value: object) -> object:
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, str):
            return value if value.isascii() else writable(value)
        if isinstance(value, dt.datetime):
            return value.isoformat()
        return plain(value if is_protected_type(value) else to_string(cast(Model, SimpleNamespace(**{name: value}))))

    return read


def field_of(kind: Kind, column: Column) -> "Field[Any, Any] | None":
    """Return the field that a column holds as it is, if there is one."""
    if column.value:
        return None
    try:
        found = kind.model_class._meta.get_field(column.name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def writable(text: str) -> str:
    """Return a text without the half letters that UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode()


def plain(value: object) -> Any:
    """Return a value as JSON can hold it; times as ISO 8601.

    Raises:
        TypeError: nobody has said how to write such a value.
    """
    match value:
        case str():
            return writable(value)
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case Decimal() | UUID() | Promise():
            return str(value)
        case dict():
            return {str(plain(key)): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case set() | frozenset():
            return sorted(plain(each) for each in value)
    raise TypeError(f"A {type(value).__name__} has no plain form.")
