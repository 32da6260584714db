"""The rules of sessions: how long one lasts, and which there are. `second_factor.ending_sessions` ends others."""

import datetime as dt
import logging
from dataclasses import dataclass
from enum import Enum

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, transaction
from django.utils.translation import gettext, gettext_noop

from accounts.flows.origins import rough_network
from accounts.models import User
from accounts.values.wording import span_in_words

logger = logging.getLogger(__name__)

BEGAN, USED = "began_at", "used_at"  # seconds since 1970, in the session
# Often enough to tell an idle session, without a write for each request.
NOTED_EVERY = dt.timedelta(minutes=1)


UNUSED = gettext_noop("You were signed out because you had not used the site for %(limit)s. Sign in again to carry on.")
SIGNED_IN_LONG_AGO = gettext_noop(
    "You were signed out because you had signed in %(limit)s ago. Sign in again to carry on."
)


class Over(Enum):
    """Why a session is over, as shown on the sign-in page."""

    IDLE = "idle"
    TOO_OLD = "too old"

    @property
    def message(self) -> str:
        if self is Over.IDLE:
            words, limit = gettext(UNUSED), settings.SESSION_IDLE_LIMIT
        else:
            words, limit = gettext(SIGNED_IN_LONG_AGO), settings.SESSION_ABSOLUTE_LIMIT
        return words % {"limit": span_in_words(limit)}


def begin(session: SessionBase, now: dt.datetime) -> None:
    """Start both clocks at a sign-in."""
    session[BEGAN] = session[USED] = now.timestamp()


def over(session: SessionBase, now: dt.datetime) -> Over | None:
    """Return why the session is over at that moment, or None. A session without a known beginning is over."""
    began, used = (dt.datetime.fromtimestamp(session.get(name, 0), dt.UTC) for name in (BEGAN, USED))
    if now - began >= settings.SESSION_ABSOLUTE_LIMIT:
        return Over.TOO_OLD
    return Over.IDLE if now - used >= settings.SESSION_IDLE_LIMIT else None


def note_use(session: SessionBase, now: dt.datetime) -> None:
    """Note that the session is used, if that was not noted within the last minute."""
    if now.timestamp() - session[USED] < NOTED_EVERY.total_seconds():
        return
    try:
        with transaction.atomic():
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)
    except DatabaseError:
        # Reading goes on where nothing can be written; the session must not be touched either, as it would be saved.
        logger.warning("use of a session not noted", exc_info=True, extra={"person": session.get(SESSION_KEY)})
        return
    session[USED] = now.timestamp()


def forget(session: SessionBase) -> None:
    """End a session that is over, and take it off the list of signed-in devices."""
    UserSession.objects.filter(session_key=session.session_key).delete()
    session.flush()


@dataclass(frozen=True, slots=True)
class Device:
    """A browser and system, and how many of the person's sessions are in one like it."""

    name: str
    sessions: int
    is_this: bool


def sessions_of(user: User) -> list[UserSession]:
    """Return the person's sessions that are alive: the one that asks first, then the one used last."""
    return in_order(UserSession.objects.purge_and_list(user))


def in_order(found: list[UserSession]) -> list[UserSession]:
    """Return sessions as people see them, each with the network that it came from."""
    for session in found:
        session.network = rough_network(session.ip)
    return sorted(found, key=lambda session: (session.is_current(), session.last_seen_at), reverse=True)


def devices_of(user: User) -> list[Device]:
    """Return the kinds of device the person is signed in on, each once, in the order of `sessions_of`."""
    by_name: dict[str, list[UserSession]] = {}
    for session in sessions_of(user):
        by_name.setdefault(session.user_agent or gettext("Unknown device"), []).append(session)
    return [Device(name, len(found), any(each.is_current() for each in found)) for name, found in by_name.items()]
