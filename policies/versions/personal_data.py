"""Announced versions: they stay for ever, but not who announced and withdrew them."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import (
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Retention,
    declare_free,
    register,
)
from accounts.personal_data.staff_work import EDITORS, PROOF, that_it_was_you

KEPT = _("Announced versions are never changed. Only that it was you is taken out.")
UNTIL_CLOSED = Retention(_("Until your account is closed"), enforced_by="closing the account")
TEXT = ("page", "revision", "slug", "sequence", "major", "minor", "significance", "change_summary", "effective_from",
        "recorded_at", "title", "content", "text", "digest", "chain")  # fmt: skip
ASKS = ("asks_for", "asks_anew", "asks_because", "grace_days", "least_age")
KINDS_OF_CHANGE = ("kinds", "short_notice_because")

ANNOUNCED = Kind(
    key="policies-announced",
    title=_("Policies you announced"),
    model="policies.PolicyVersion",
    what=_("Which versions of our policies you, as one of our staff, announced, and when."),
    why=PROOF,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("announced_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=KEPT,
    of_staff=True,
    columns=(
        Column("slug", _("Which policy")),
        Column("major", _("Its number before the point")),
        Column("minor", _("Its number after the point")),
        Column("announced_at", _("When it was announced")),
        that_it_was_you("announced_by", _("Who announced it")),
    ),
    free=tuple(name for name in (*TEXT, *ASKS, *KINDS_OF_CHANGE) if name not in {"slug", "major", "minor"}),
)

WITHDRAWN = Kind(
    key="policies-withdrawn",
    title=_("Policies you withdrew"),
    model="policies.PolicyVersion",
    what=_("Which versions of our policies you, as one of our staff, withdrew, when and why."),
    why=PROOF,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("withdrawn_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=KEPT,
    of_staff=True,
    columns=(
        Column("slug", _("Which policy")),
        Column("major", _("Its number before the point")),
        Column("minor", _("Its number after the point")),
        Column("withdrawn_at", _("When it was withdrawn")),
        Column("withdrawn_reason", _("The reason you gave. It is public and stays")),
        that_it_was_you("withdrawn_by", _("Who withdrew it")),
    ),
)

KINDS = (ANNOUNCED, WITHDRAWN)


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(*KINDS)
    declare_free("policies.KeptRegister", "version", "processes", why="What is held about people in general")
