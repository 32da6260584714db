"""What people and roles may do, as values that can be compared: nobody gives more than their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Power:
    """One thing that somebody may do.

    Attributes:
        what: the permission, as `app.codename`, or the kind of thing that names roles.
        where: the path in the tree below which it holds, or the number of the thing; empty for everywhere.
        words: for people.
    """

    what: str
    where: str = ""
    words: str = field(default="", compare=False)

    def covers(self, other: "Power") -> bool:
        return self.what == other.what and other.where.startswith(self.where)


def powers_of(person: User) -> frozenset[Power]:
    """Return what a person may do by their roles and by themselves, also while they are switched off.

    Of an administrator it says less than they may do, which is everything.
    """
    return frozenset(_powers(person.groups.all(), Q(user=person)))


def powers_of_roles(roles: QuerySet[Group]) -> frozenset[Power]:
    return frozenset(_powers(roles))


def beyond(giver: User, powers: Iterable[Power], own: frozenset[Power] | None = None) -> list[Power]:
    """Return those of the powers that the giver has not got, in the order of their words.

    Args:
        giver: who gives; an administrator may do everything.
        powers: what is to be given.
        own: what the giver could do before anything was saved, if something was; None to look it up.
    """
    if giver.is_superuser:
        return []
    own = powers_of(giver) if own is None else own
    return sorted((one for one in powers if not any(mine.covers(one) for mine in own)), key=lambda one: one.words)


def _powers(roles: QuerySet[Group], by_themselves: Q | None = None) -> Iterator[Power]:
    found = Q(group__in=roles) | by_themselves if by_themselves else Q(group__in=roles)
    for permission in Permission.objects.filter(found).select_related("content_type").distinct():
        yield Power(_name(permission), words=permission.name)
    for row in GroupPagePermission.objects.filter(group__in=roles).select_related("page", _KIND):
        yield Power(f"page {_name(row.permission)}", row.page.path, f"{row.permission.name}: {row.page}")
    for row in GroupCollectionPermission.objects.filter(group__in=roles).select_related("collection", _KIND):
        yield Power(f"in {_name(row.permission)}", row.collection.path, f"{row.permission.name}: {row.collection}")
    for row in GroupSitePermission.objects.filter(group__in=roles).select_related("site", _KIND):
        yield Power(f"site {_name(row.permission)}", f"{row.site_id}.", f"{row.permission.name}: {row.site}")
    yield from _named_by_others(roles)


_KIND = "permission__content_type"


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def _named_by_others(roles: QuerySet[Group]) -> Iterator[Power]:
    """Whatever names roles lets them do something: approve in a workflow, see what is private."""
    for relation in Group._meta.related_objects:
        if relation.many_to_many and not issubclass(relation.related_model, User):
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": roles}).distinct()
            for row in rows:
                kind = row._meta
                yield Power(f"named {kind.label_lower}", f"{row.pk}.", f"{kind.verbose_name}: {row}")
