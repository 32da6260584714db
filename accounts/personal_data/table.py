"""The register as people read it: one row for each kind, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import Erasure, Kind, kinds

NOBODY = _("Nobody else")


class About(TextChoices):
    """Whose data a table is about."""

    PEOPLE = "people", _("Everybody with an account")
    STAFF = "staff", _("Our staff, in their work on this site")
    ALL = "all", _("Everybody, our staff included")


@dataclass(frozen=True)
class Row:
    """What is said of one kind."""

    key: str
    title: str
    what: str
    fields: tuple[str, ...]
    why: str
    basis: str
    kept: str
    receivers: str
    erased: str
    left_out: tuple[tuple[str, str], ...]


def table(about: str = About.ALL) -> list[Row]:
    """Return a row for each kind that is about these people."""
    return [row_of(kind) for kind in kinds_about(about)]


def table_of(some: Iterable[Kind]) -> list[Row]:
    """Return rows for these kinds, such as those of which a person has anything."""
    return [row_of(kind) for kind in some]


def kinds_about(about: str) -> list[Kind]:
    return [kind for kind in kinds() if about == About.ALL or kind.of_staff == (about == About.STAFF)]


def row_of(kind: Kind) -> Row:
    """Return what the table of the register says about a kind."""
    return Row(
        key=kind.key,
        title=str(kind.title),
        what=str(kind.what),
        fields=tuple(str(column.words) for column in kind.columns),
        why=str(kind.why),
        basis=str(kind.basis.label),
        kept=kind.retention.words,
        receivers="; ".join(map(str, kind.receivers)) or str(NOBODY),
        erased=erased_how(kind),
        left_out=tuple((str(column.words), str(column.why_not)) for column in kind.left_out),
    )


def erased_how(kind: Kind) -> str:
    """Say what closing the account does to it, and why something stays."""
    if kind.erasure is Erasure.DELETE:
        return f"{kind.erasure.words}."
    return f"{kind.erasure.words}. {kind.why_kept}"
