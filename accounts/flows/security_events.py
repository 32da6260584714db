"""The rules of the security log."""

from accounts.flows.origins import Origin
from accounts.models import SecurityEvent, User


def record_event(
    kind: SecurityEvent.Kind, person: User | None, origin: Origin | None = None, detail: str = ""
) -> SecurityEvent:
    """Write down what happened to an account.

    Args:
        kind: what happened, of `SecurityEvent.Kind`.
        person: whose account it was; None or nobody for an address that no account has.
        origin: from roughly where; nothing for what the site did by itself.
        detail: which device or step it was about, in a few words of the person's or ours.
    """
    origin = origin or Origin()
    return SecurityEvent.objects.create(
        person=person if person and person.pk else None,
        kind=kind,
        device=origin.device,
        network=origin.network,
        detail=detail[:100],
    )
