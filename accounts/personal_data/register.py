"""The register: each model that holds personal data, declared once; every other one declared free of it.

It knows no app. Apps declare their models, and those of the packages they bring in, in `AppConfig.ready()`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.person import Person
from accounts.values.wording import Words, span_in_words


class LawfulBasis(TextChoices):
    """The six of `LAW.LAWFUL_BASIS`, in plain words."""

    CONSENT = "consent", _("You agreed (consent)")
    CONTRACT = "contract", _("To give you the account you asked for (contract)")
    LEGAL_OBLIGATION = "legal_obligation", _("The law requires it (legal obligation)")
    VITAL_INTERESTS = "vital_interests", _("To protect somebody's life (vital interests)")
    PUBLIC_TASK = "public_task", _("A task in the public interest (public task)")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Our legitimate interests")


class Erasure(Enum):
    """What becomes of a person's rows when their account is erased."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"

    @property
    def words(self) -> str:
        """Return what the register says of it to people."""
        words = {
            Erasure.DELETE: gettext("Deleted"),
            Erasure.ANONYMISE: gettext("Kept without anything that says it was you"),
            Erasure.KEEP: gettext("Kept"),
        }
        return words[self]


class _AsItIs:
    """Says that a column is not overwritten, since None is a value."""

    def __repr__(self) -> str:
        return "AS_IT_IS"


AS_IT_IS: Final = _AsItIs()


NOBODY: Final = 0  # no account has this number


@dataclass(frozen=True)
class Subject:
    """The person whom the rows are about, and the addresses known to be theirs, in lower case."""

    user: Person
    addresses: tuple[str, ...] = ()

    @cached_property
    def pk(self) -> int:
        """Asked once: the user of a request is a lazy object, and a function may ask for each row."""
        return self.user.pk


def subject_at(address: str) -> Subject:
    """Return nobody with an account, by an address that is theirs: only what is found by addresses is theirs.

    Args:
        address: of which it is sure whose it is.
    """
    return Subject(get_user_model()(pk=NOBODY, email=address.lower()), (address.lower(),))


def subject_of(user: Person) -> Subject:
    """Find the addresses once. Only confirmed addresses count: people can type an address that is not theirs.

    Ask before anything is erased; afterwards the addresses are gone.
    """
    from allauth.account.models import EmailAddress

    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Subject(user, tuple(sorted({address.lower() for address in found})))


@dataclass(frozen=True)
class ByPerson:
    """Rows whose foreign key, perhaps over other models, leads to the person."""

    path: str

    def __call__(self, subject: Subject) -> Q:
        return Q(**{self.path: subject.user.pk})


THE_PERSON: Final = (ByPerson("pk"),)


@dataclass(frozen=True)
class ByAddress:
    """Rows that hold one of the person's confirmed addresses, in capitals or not."""

    path: str

    def __call__(self, subject: Subject) -> Q:
        found = (Q(**{f"{self.path}__iexact": address}) for address in subject.addresses)
        return any_of(found)


@dataclass(frozen=True)
class ByRule:
    """Rows found in a way of their own; `words` say which for the people who read the register."""

    words: Words
    rule: Callable[[Subject], Q]

    def __call__(self, subject: Subject) -> Q:
        return self.rule(subject)


Finder = ByPerson | ByAddress | ByRule


@dataclass(frozen=True)
class Retention:
    """How long rows are kept.

    Args:
        says: in plain words, "{span}" standing for the time: "{span} after the event".
        after: the time, or
        setting: the name of the setting that holds it.
        since: the date or time field it is counted from.
        due: a special rule for which rows are past their time at a moment.
        forget: a special way to delete the rows given; returns how many there were.
        enforced_by: who sees to it where housekeeping does not, such as "closing the account".
    """

    says: Words
    after: dt.timedelta | None = None
    setting: str = ""
    since: str = ""
    due: Callable[[dt.datetime], QuerySet[Model]] | None = None
    forget: Callable[[QuerySet[Model]], int] | None = None
    enforced_by: Words = ""

    @property
    def span(self) -> dt.timedelta | None:
        return getattr(settings, self.setting) if self.setting else self.after

    @property
    def words(self) -> str:
        return self.says.format(span=span_in_words(self.span)) if self.span is not None else str(self.says)

    @property
    def is_enforced(self) -> bool:
        """Whether housekeeping deletes what is past its time."""
        return not self.enforced_by


AS_LONG_AS_THE_ACCOUNT: Final = Retention(_("As long as you have an account"), enforced_by="closing the account")


@dataclass(frozen=True)
class Column:
    """One field that holds personal data.

    Args:
        name: the field of the model.
        words: what it is, for the person: "The address you sign in with".
        exported: whether it is in a download; if not, `why_not` says why.
        value: what a download holds instead of the field's value. Takes the row and the subject; asks no database.
        masks: whose data `value` leaves out, in words: "who wrote it, where it was not you".
        erased_as: with what it is overwritten where the row is anonymised; a function takes the row and the subject.
        file: whether the field names a file, which goes with the row.
        seen_by: who sees it, where that is fewer than receive the rest of its kind.
        why: what it is for, where that is less than the whole of its kind is for.
    """

    name: str
    words: Words
    exported: bool = True
    why_not: Words = ""
    value: Callable[[Any, Subject], object] | None = None
    masks: Words = ""
    erased_as: object = AS_IT_IS
    file: bool = False
    seen_by: tuple[Words, ...] | None = None
    why: Words = ""

    @property
    def is_erased(self) -> bool:
        return self.erased_as is not AS_IT_IS


@dataclass(frozen=True)
class Kind:
    """One kind of personal data: the rows of one model in which a person plays one part.

    A model has a second kind only where people are in it in two ways, such as whose details were changed and who
    changed them.

    Args:
        key: short, for names of files: "security-events".
        title: for headings: "Security events".
        model: "accounts.SecurityEvent".
        what: what is held, in plain words.
        why: what it is for.
        columns: the fields with personal data, in the order of a download.
        free: the other fields: they say nothing about anybody.
        found_by: the ways in which rows are the person's; one is enough. None where nobody can be found in them.
        unless: the ways in which rows are not meant after all.
        why_kept: where something stays after erasing, why.
        order: when it is erased; lower comes first, the user last.
        related: foreign keys that `Column.value` follows, for select_related().
        of_staff: whether it is about people in their work for us, and so about nobody else.
        born: the moment at which a row came, of what is found by an address: erased again after a restored backup.
        part_of: the key of a kind without which there is nothing of it: then that one says so for both.
    """

    key: str
    title: Words
    model: str
    what: Words
    why: Words
    basis: LawfulBasis
    retention: Retention
    columns: tuple[Column, ...]
    found_by: tuple[Finder, ...]
    erasure: Erasure
    free: tuple[str, ...] = ()
    unless: tuple[Finder, ...] = ()
    receivers: tuple[Words, ...] = ()
    why_kept: Words = ""
    order: int = 100
    related: tuple[str, ...] = ()
    of_staff: bool = False
    part_of: str = ""
    born: str = ""

    @cached_property
    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def exported(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.exported)

    def column(self, name: str) -> Column:
        """Raises: KeyError: it declares no such field."""
        return {column.name: column for column in self.columns}[name]

    @property
    def left_out(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.exported)

    @property
    def erased(self) -> tuple[Column, ...]:
        """The columns to overwrite where the rows are anonymised."""
        return tuple(column for column in self.columns if column.is_erased)


@dataclass(frozen=True)
class Free:
    """A model without personal data: its fields by name, so that a new one is noticed, and why it has none."""

    model: str
    fields: tuple[str, ...]
    why: str


@dataclass
class Register:
    """All declarations. The site has one; a test may have its own."""

    declared: dict[str, Kind] = field(default_factory=dict)
    free: dict[str, Free] = field(default_factory=dict)

    def add(self, *kinds: Kind) -> None:
        """Declare kinds of personal data. Declaring the same kind twice is harmless, since apps may start twice.

        Raises:
            ValueError: another kind has the key already.
        """
        for kind in kinds:
            if self.declared.get(kind.key, kind) != kind:
                raise ValueError(f"The register of personal data has “{kind.key}” twice. Give one another key.")
            self.declared[kind.key] = kind

    def declare_free(self, model: str, *fields: str, why: str) -> None:
        """Declare that none of these fields of a model is about a person, all it has besides its number.

        Raises:
            ValueError: the model is declared free in other words already.
        """
        free = Free(model, fields, why)
        if self.free.setdefault(model.lower(), free) != free:
            raise ValueError(f"{model} is declared free of personal data twice. Keep one.")

    def kinds(self) -> tuple[Kind, ...]:
        """Return the person's own row first, and the others as they were declared."""
        return tuple(sorted(self.declared.values(), key=lambda kind: kind.found_by != THE_PERSON))

    def copy(self) -> "Register":
        return Register(dict(self.declared), dict(self.free))


REGISTER: Final = Register()


def register(*kinds: Kind) -> None:
    """Declare kinds of personal data for this site; call it in `AppConfig.ready()`."""
    REGISTER.add(*kinds)


def declare_free(model: str, *fields: str, why: str) -> None:
    """Declare a model free of personal data for this site, with the names of all its fields."""
    REGISTER.declare_free(model, *fields, why=why)


def kinds() -> tuple[Kind, ...]:
    """Return every kind of personal data: the account first, and the others in the order of declaring."""
    return REGISTER.kinds()


def kinds_by_order() -> list[Kind]:
    """Return every kind in the order of erasing."""
    return sorted(kinds(), key=lambda kind: kind.order)


def kind_of(key: str) -> Kind:
    return REGISTER.declared[key]


def rows_of(kind: Kind, subject: Subject) -> QuerySet[Model]:
    """Return the person's rows by primary key; none where the kind cannot find people."""
    meant = any_of(finder(subject) for finder in kind.found_by)
    for exception in kind.unless:
        # As a subquery: NOT (by = 7) would lose the rows in which it is empty.
        meant &= ~Q(pk__in=kind.model_class._base_manager.filter(exception(subject)).values("pk"))
    rows = kind.model_class._base_manager.filter(meant).order_by("pk")
    return rows.select_related(*kind.related) if kind.related else rows


def due_rows(kind: Kind, now: dt.datetime) -> QuerySet[Model] | None:
    """Return the rows past their time at that moment; nothing where housekeeping has no say."""
    kept = kind.retention
    if not kept.is_enforced:
        return None
    if kept.due:
        return kept.due(now)
    assert kept.span is not None and kept.since  # noqa: S101 (a system check says so in words)
    return kind.model_class._base_manager.filter(**{f"{kept.since}__lt": now - kept.span}).order_by("pk")


def any_of(found: Iterable[Q]) -> Q:
    """Return what is any of these; of none, nothing."""
    result = Q(pk__in=())
    for one in found:
        result |= one
    return result
