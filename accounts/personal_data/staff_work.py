"""What many declarations about staff's work in the CMS say alike."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import Column, Retention, Subject
from accounts.values.wording import Words

EDITORS: Final = _("Our staff who use the CMS")
WORK: Final = _("So that staff can work together on the pages of this site, and it is known who did what.")
PROOF: Final = _("So that it can be proved who announced and withdrew which policy.")
WITH_THE_PAGE: Final = Retention(
    _("As long as the page, or until your account is closed"), enforced_by="closing the account"
)


def that_it_was_you(name: str, words: Words) -> Column:
    """The link to the person, taken out at erasing."""
    return Column(name, words, value=_you, erased_as=None)


def _you(row: object, subject: Subject) -> str:
    return gettext("you")
