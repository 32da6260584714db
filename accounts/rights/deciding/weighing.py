"""What is weighed before a part about another person is withheld: `LAW.ANOTHER_PERSON`."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the five; `name` is the field that keeps what was found."""

    name: str
    label: Words
    help: Words


FACTORS: Final = (
    Factor("type_of_information", _("Type of information"), _("What would be disclosed of the other person?")),
    Factor("duty_of_confidentiality", _("Duty of confidentiality"), _("Is one owed to them, and why?")),
    Factor("steps_to_seek_consent", _("Steps to seek their consent"), _("What was done, and when?")),
    Factor("capability_to_consent", _("Whether they can consent"), _("Are they capable of giving it?")),
    Factor("express_refusal", _("Express refusal"), _("Did they refuse, and in which words?")),
)
