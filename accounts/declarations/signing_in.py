"""Addresses, sessions and the security log."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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

A_KEY = _("Who has it can act as you")


def tracked_sessions(subject: Subject) -> Q:
    """A session says in code whose it is; the list of signed-in devices says it in clear."""
    from allauth.usersessions.models import UserSession

    return Q(session_key__in=UserSession.objects.filter(user=subject.pk).values("session_key"))


ADDRESSES = Kind(
    key="addresses",
    title=_("E-mail addresses"),
    model="account.EmailAddress",
    what=_("Your e-mail addresses, and whether you confirmed that they are yours."),
    why=_("So that only you can use your account, and so that our mail reaches you."),
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("email", _("The address")),
        Column("verified", _("Whether you confirmed it")),
        Column("primary", _("Whether it is the one you sign in with")),
    ),
)

DEAD_ADDRESSES = Kind(
    key="dead-addresses",
    title=_("Addresses that mail came back from"),
    model="accounts.DeadAddress",
    what=_("That mail to your address came back for good, since when, and why."),
    why=_("So that we write there no more, and can tell you."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("Until you confirm the address anew or say that it works"), enforced_by="you"),
    receivers=(STAFF,),
    found_by=(ByPerson("address__user"),),
    erasure=Erasure.DELETE,
    order=50,
    related=("address",),
    columns=(
        Column("address", _("The address"), value=lambda row, subject: row.address.email),
        Column("since", _("Since when")),
        Column("words", _("Why, in the mail system’s words")),
    ),
)

CONFIRMATIONS = Kind(
    key="address-confirmations",
    title=_("Mails to confirm an address"),
    model="account.EmailConfirmation",
    what=_("That we sent you a link to confirm an address. This site makes such links without keeping them."),
    why=_("So that only you can use your account."),
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("email_address__user"),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(
        Column("created", _("When the link was made")),
        Column("sent", _("When it was sent")),
        Column("key", _("What stands in the link"), exported=False, why_not=A_KEY),
    ),
)

DEVICES = Kind(
    key="signed-in-devices",
    title=_("Where you are signed in"),
    model="usersessions.UserSession",
    what=_("The browsers in which you are signed in: which kind, from roughly where, since when."),
    why=_("So that you can see where you are signed in, and end it."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after you signed in"), setting="SESSION_ABSOLUTE_LIMIT", since="created_at"),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("user_agent", _("Which browser and system, without versions")),
        Column("ip", _("The network you came from: an address with its last part left out")),
        Column("created_at", _("When you signed in")),
        Column("last_seen_at", _("When you used the site last")),
        Column("data", _("Further notes; this site makes none")),
        Column("session_key", _("What your browser shows to say that it is you"), exported=False, why_not=A_KEY),
    ),
)

SESSIONS = Kind(
    key="sessions",
    title=_("What the site remembers while you are signed in"),
    model="sessions.Session",
    what=_("That it is you, when you signed in, and which steps you gave; until you sign out."),
    why=_("So that you need not sign in again for each page."),
    basis=LawfulBasis.CONTRACT,
    retention=Retention(_("Until the session ends"), after=dt.timedelta(0), since="expire_date"),
    found_by=(ByRule(_("The sessions of the list “Where you are signed in”"), tracked_sessions),),
    erasure=Erasure.DELETE,
    order=50,
    columns=(
        Column("expire_date", _("When it ends at the latest")),
        Column("session_key", _("What your browser shows to say that it is you"), exported=False, why_not=A_KEY),
        Column(
            "session_data",
            _("What is remembered, signed so that nobody can change it"),
            exported=False,
            why_not=_("It holds marks of your password and of forms, of use to the site alone"),
        ),
    ),
)

SECURITY_EVENTS = Kind(
    key="security-events",
    title=_("Security log"),
    model="accounts.SecurityEvent",
    what=_("What happened to your account, such as sign-ins and wrong passwords: when, and from roughly where."),
    why=_("So that you and we notice when somebody else tries to get in."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after it happened"), setting="SECURITY_EVENTS_KEPT", since="at"),
    found_by=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("So that attacks on many accounts can still be counted. What stays says what happened and when."),
    columns=(
        Column("person", _("That it was about you"), exported=False, why_not=_("All of these are"), erased_as=None),
        Column("at", _("When")),
        Column("kind", _("What happened")),
        Column("device", _("Which browser and system, without versions"), erased_as=""),
        Column("network", _("The network it came from: an address with its last part left out"), erased_as=""),
        Column("detail", _("Which device or step it was about"), erased_as=""),
    ),
)

KINDS = (ADDRESSES, DEAD_ADDRESSES, CONFIRMATIONS, DEVICES, SESSIONS, SECURITY_EVENTS)
