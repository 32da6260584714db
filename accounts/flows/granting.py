"""The rules by which staff give and take: the address, being an administrator, being switched on, roles.

Only an administrator makes administrators or changes one, and nobody gives what they have not got themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.flows.administrators import LastSuperuser, is_last_superuser, lock_with_administrators
from accounts.flows.powers import beyond, powers_of, powers_of_roles
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User

LOG_ACTION = "accounts.position"
Kind = SecurityEvent.Kind
ADDRESS_REPLACED = Kind.ADDRESS_REPLACED_BY_STAFF.label
# By the name of what may not be changed.
MAY_DO_MORE = {
    "email": _("%(person)s may do more than you (%(some)s). Only an administrator can change their address."),
    "is_active": _("%(person)s may do more than you (%(some)s). Only an administrator can change their standing."),
    "roles": _("%(person)s may do more than you (%(some)s). Only an administrator can change their roles."),
}


class NotYours(Exception):
    """Staff may not give or take this. The words say why; `field` is the field of the form they are about."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Position:
    """What staff can give to a person, or take."""

    email: str = ""
    is_superuser: bool = False
    is_active: bool = True
    roles: frozenset[int] = frozenset()

    @classmethod
    def of(cls, person: User) -> "Position":
        """Read it from the database, whatever a form has written into the object; nothing for somebody new."""
        found = User.objects.filter(pk=person.pk).first()
        if found is None:
            return cls()
        roles = frozenset(found.groups.values_list("pk", flat=True))
        return cls(found.email, found.is_superuser, found.is_active, roles)


def may_change(staff: User, person: User) -> bool:
    """Whether staff who may change people may change this one at all: an administrator's account only as another."""
    return staff.is_superuser or not person.is_superuser


def objections(staff: User, person: User, wanted: Position) -> Iterator[NotYours]:
    """Yield what speaks against giving a person this position.

    Args:
        staff: who gives it, and has the permission to add or to change people.
        person: to whom; not saved yet, if it is somebody new.
        wanted: the position they are to have.
    """
    before = Position.of(person)
    if before == wanted:
        return
    if staff.is_superuser:
        yield from _about_the_last(person, before, wanted)
    elif before.is_superuser:
        yield NotYours(gettext("Only an administrator can change the account of an administrator."))
    elif wanted.is_superuser:
        yield NotYours(gettext("Only an administrator can make somebody an administrator."), "is_superuser")
    else:
        yield from _about_more(staff, person, before, wanted)
        yield from _about_roles(staff, wanted.roles - before.roles)


def _about_the_last(person: User, before: Position, wanted: Position) -> Iterator[NotYours]:
    stays = wanted.is_superuser and wanted.is_active
    if before.is_superuser and before.is_active and not stays and is_last_superuser(User.objects.get(pk=person.pk)):
        yield NotYours(str(LastSuperuser()), "is_superuser" if wanted.is_active else "is_active")


def _about_more(staff: User, person: User, before: Position, wanted: Position) -> Iterator[NotYours]:
    """Whoever replaces the address of somebody can become that somebody."""
    changed = [name for name in MAY_DO_MORE if getattr(before, name) != getattr(wanted, name)]
    if person.pk and changed and (more := beyond(staff, powers_of(person))):
        for name in changed:
            words = MAY_DO_MORE[name] % {"person": person, "some": _some(more)}
            yield NotYours(words, "groups" if name == "roles" else name)


def _about_roles(staff: User, given: frozenset[int]) -> Iterator[NotYours]:
    for role in Group.objects.filter(pk__in=given).order_by("name"):
        if more := beyond(staff, powers_of_roles(Group.objects.filter(pk=role.pk))):
            words = gettext("“%(role)s” may do more than you (%(some)s). Only an administrator can give this role.") % {
                "role": role,
                "some": _some(more),
            }
            yield NotYours(words, "groups")


def _some(powers: list) -> str:
    first = powers[0].words
    if len(powers) == 1:
        return first
    return gettext("%(first)s, and %(number)s more") % {"first": first, "number": len(powers) - 1}


def refuse_objections(staff: User, person: User, wanted: Position) -> None:
    """Lock whoever is concerned and ask once more, before it is written; the caller has a transaction open.

    Raises:
        NotYours: something speaks against it, perhaps since a moment ago.
    """
    lock_with_administrators(staff, person)
    now = User.objects.get(pk=staff.pk)
    if not now.is_active or (staff.is_superuser and not now.is_superuser):
        raise NotYours(gettext("You are no administrator any more."))
    for refusal in objections(now, person, wanted):
        raise refusal


@transaction.atomic
def write_down(staff: User, person: User, before: Position) -> list[str]:
    """Write into the security log, and into that of the CMS, what was given and taken.

    Returns:
        In words, what changed; nothing if nothing did. The caller tells the person and the administrators after
        the commit.
    """
    after = Position.of(person)
    changes = list(_changes(before, after))
    for kind, detail in changes:
        record_event(kind, person, detail=detail)
    words = [f"{kind.label}{f': {detail}' if detail else ''}" for kind, detail in changes]
    if before.email and before.email != after.email:
        words.append(str(ADDRESS_REPLACED))  # `replace_address` records it
    if words:
        log(instance=person, action=LOG_ACTION, user=staff, data={"changes": words})
    return words


def _changes(before: Position, after: Position) -> Iterator[tuple[Kind, str]]:
    if before.is_superuser != after.is_superuser:
        yield (Kind.ADMINISTRATOR_MADE if after.is_superuser else Kind.ADMINISTRATOR_ENDED), ""
    if before.is_active != after.is_active:
        yield (Kind.SWITCHED_ON if after.is_active else Kind.SWITCHED_OFF), ""
    names = dict(Group.objects.filter(pk__in=before.roles | after.roles).values_list("pk", "name"))
    for kind, roles in (
        (Kind.ROLE_GIVEN, after.roles - before.roles),
        (Kind.ROLE_TAKEN, before.roles - after.roles),
    ):
        for name in sorted(names[role] for role in roles if role in names):
            yield kind, name


def administrators() -> list[User]:
    return list(User.objects.filter(is_superuser=True, is_active=True).order_by("pk"))
