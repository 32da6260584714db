"""What a change of the second factor does to sessions: this one gets a new key, the others end."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from accounts.values.person import Person, person_of


def end_sessions(user: Person, keep: str | None = None) -> None:
    """End the person's sessions, except the one with the key to keep."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep or ""):
        session.end()


def end_other_sessions(request: HttpRequest) -> None:
    end_sessions(person_of(request), keep=request.session.session_key)


def renew_key(request: HttpRequest) -> None:
    """Give this session another key: a copied cookie must not gain the new rights (ASVS 5.0, 7.2.4)."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
