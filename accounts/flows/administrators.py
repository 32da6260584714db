"""The last active administrator is never lost: somebody must be able to let others in."""

from django.utils.translation import gettext

from accounts.models import User


class LastSuperuser(Exception):
    """Nobody else could let others in. The database refuses it as well, in words of its own."""

    def __init__(self) -> None:
        super().__init__(gettext("This is the last administrator. Make somebody else one first."))


def is_last_superuser(person: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return person.is_superuser and not others.exists()


def lock_with_administrators(*people: User) -> None:
    """Lock people, and all administrators if one of them is one: who comes second waits, and then looks anew.

    Args:
        people: about whom something is decided, and who decides it. The caller has a transaction open.
    """
    rows = User.objects.filter(pk__in=[person.pk for person in people if person.pk])
    if rows.filter(is_superuser=True).exists():
        rows |= User.objects.filter(is_superuser=True)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
