"""What people can do by themselves, at once: it is offered before the form."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Instant:
    """Something that needs no request: what one wants, and where it is done."""

    want: Words
    link: Words
    urlname: str


INSTANT: Final = (
    Instant(_("A copy of everything we hold about you"), _("Download your data"), "accounts:data"),
    Instant(_("Something about you is wrong"), _("See and change your details"), "accounts:details"),
    Instant(_("No more e-mail from us, or other choices"), _("Choose what we send you"), "accounts:preferences"),
    Instant(_("Everything about you should go"), _("Close your account"), "accounts:close"),
)
