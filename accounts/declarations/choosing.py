"""What people chose and took back."""

from django.utils.translation import gettext_lazy as _

from accounts.declarations.people import STAFF
from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
)

ORIGIN = (
    Column("at", _("When")),
    Column("where", _("Where on the site")),
    Column("device", _("With which browser and system, without versions")),
    Column("network", _("From which network: an address with its last part left out")),
)

CONSENTS = Kind(
    key="consents",
    title=_("What you agreed to"),
    model="accounts.ConsentRecord",
    what=_("What you agreed to or took back, in which words, when and where."),
    why=_("So that we do only what you agreed to, and can prove it."),
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("purpose", _("To what")),
        Column("given", _("Whether you agreed; if not, you took it back")),
        Column("wording", _("The words you were shown")),
        Column("version", _("Which version of the words")),
        Column("recipient", _("Who else would get the data")),
        Column("digest", _("The fingerprint of what you were asked")),
        *ORIGIN,
    ),
)

MAIL_CHOICES = Kind(
    key="mail-choices",
    title=_("When you chose what mail you want"),
    model="accounts.MailChoice",
    what=_("Each time you chose whether we write to you about policies: what, when and where."),
    why=_("So that it can be proved why we write to you, or do not."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(Column("policy_mail", _("What you chose")), *ORIGIN),
)

KINDS = (CONSENTS, MAIL_CHOICES)
