"""The rules of sessions: how long one lasts. How others are ended is a matter of second_factor.sessions."""

import datetime as dt
import logging
from enum import Enum

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.values.wording import span_in_words

logger = logging.getLogger(__name__)

BEGAN, USED = "began_at", "used_at"  # seconds since 1970, in the session
# Often enough to tell who is idle, and not a write for each request.
NOTED_EVERY = dt.timedelta(minutes=1)


class Over(Enum):
    """Why a session is over, as shown on the sign-in page."""

    IDLE = "You were signed out because you had not used the site for {limit}. Sign in again to carry on."
    TOO_OLD = "You were signed out because you had signed in {limit} ago. Sign in again to carry on."

    @property
    def message(self) -> str:
        limit = settings.SESSION_IDLE_LIMIT if self is Over.IDLE else settings.SESSION_ABSOLUTE_LIMIT
        return self.value.format(limit=span_in_words(limit))


def begin(session: SessionBase, now: dt.datetime) -> None:
    """Start both clocks at a sign-in."""
    session[BEGAN] = session[USED] = now.timestamp()


def over(session: SessionBase, now: dt.datetime) -> Over | None:
    """Return why the session is over at that moment, if it is. Without a known beginning it is."""
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


def sessions_of(user: User) -> list[UserSession]:
    """Return the person's sessions that are alive, the one used last first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda found: found.last_seen_at, reverse=True)
