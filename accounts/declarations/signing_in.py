"""Addresses, sessions and the security log."""

import datetime as dt

from django.db.models import Q

from accounts.declarations.people import MAIL, STAFF
from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
    ByPerson,
    ByRule,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Retention,
    Subject,
)

A_KEY = "Who has it can act as you"


def tracked_sessions(subject: Subject) -> Q:
    """A session says in code whose it is; the list of signed-in devices says it in clear."""
    from allauth.usersessions.models import UserSession

    return Q(session_key__in=UserSession.objects.filter(user=subject.pk).values("session_key"))


ADDRESSES = Kind(
    key="addresses",
    title="E-mail addresses",
    model="account.EmailAddress",
    what="Your e-mail addresses, and whether you confirmed that they are yours.",
    why="So that only you can use your account, and so that our mail reaches you.",
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("email", "The address"),
        Column("verified", "Whether you confirmed it"),
        Column("primary", "Whether it is the one you sign in with"),
    ),
)

DEAD_ADDRESSES = Kind(
    key="dead-addresses",
    title="Addresses that mail came back from",
    model="accounts.DeadAddress",
    what="That mail to your address came back for good, since when, and why.",
    why="So that we write there no more, and can tell you.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("Until you confirm the address anew or say that it works", enforced_by="you"),
    receivers=(STAFF,),
    found_by=(ByPerson("address__user"),),
    erasure=Erasure.DELETE,
    order=50,
    related=("address",),
    columns=(
        Column("address", "The address", value=lambda row, subject: row.address.email),
        Column("since", "Since when"),
        Column("words", "Why, in the mail system’s words"),
    ),
)

CONFIRMATIONS = Kind(
    key="address-confirmations",
    title="Mails to confirm an address",
    model="account.EmailConfirmation",
    what="That we sent you a link to confirm an address. This site makes such links without keeping them.",
    why="So that only you can use your account.",
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("email_address__user"),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(
        Column("created", "When the link was made"),
        Column("sent", "When it was sent"),
        Column("key", "What stands in the link", exported=False, why_not=A_KEY),
    ),
)

DEVICES = Kind(
    key="signed-in-devices",
    title="Where you are signed in",
    model="usersessions.UserSession",
    what="The browsers in which you are signed in: which kind, from roughly where, since when.",
    why="So that you can see where you are signed in, and end it.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("{span} after you signed in", setting="SESSION_ABSOLUTE_LIMIT", since="created_at"),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("user_agent", "Which browser and system, without versions"),
        Column("ip", "The network you came from: an address with its last part left out"),
        Column("created_at", "When you signed in"),
        Column("last_seen_at", "When you used the site last"),
        Column("data", "Further notes; this site makes none"),
        Column("session_key", "What your browser shows to say that it is you", exported=False, why_not=A_KEY),
    ),
)

SESSIONS = Kind(
    key="sessions",
    title="What the site remembers while you are signed in",
    model="sessions.Session",
    what="That it is you, when you signed in, and which steps you gave; until you sign out.",
    why="So that you need not sign in again for each page.",
    basis=LawfulBasis.CONTRACT,
    retention=Retention("Until the session ends", after=dt.timedelta(0), since="expire_date"),
    found_by=(ByRule("The sessions of the list “Where you are signed in”", tracked_sessions),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(
        Column("expire_date", "When it ends at the latest"),
        Column("session_key", "What your browser shows to say that it is you", exported=False, why_not=A_KEY),
        Column(
            "session_data",
            "What is remembered, signed so that nobody can change it",
            exported=False,
            why_not="It holds marks of your password and of forms, of use to the site alone",
        ),
    ),
)

SECURITY_EVENTS = Kind(
    key="security-events",
    title="Security log",
    model="accounts.SecurityEvent",
    what="What happened to your account, such as sign-ins and wrong passwords: when, and from roughly where.",
    why="So that you and we notice when somebody else tries to get in.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("{span} after it happened", setting="SECURITY_EVENTS_KEPT", since="at"),
    found_by=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept="So that attacks on many accounts can still be counted. What stays says what happened and when.",
    columns=(
        Column("person", "That it was about you", exported=False, why_not="All of these are", erased_as=None),
        Column("at", "When"),
        Column("kind", "What happened"),
        Column("device", "Which browser and system, without versions", erased_as=""),
        Column("network", "The network it came from: an address with its last part left out", erased_as=""),
        Column("detail", "Which device or step it was about", erased_as=""),
    ),
)

KINDS = (ADDRESSES, DEAD_ADDRESSES, CONFIRMATIONS, DEVICES, SESSIONS, SECURITY_EVENTS)
