"""Telephone numbers: read as people type them, kept as E.164, shown as people at home and abroad write them."""

import re
import unicodedata

import phonenumbers
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from accounts.values.country import COUNTRY

HOME = COUNTRY.TELEPHONES
EXTENSION = ";ext="  # RFC 3966, 3
EXAMPLE = COUNTRY.TELEPHONES_LOOK
# Whatever else is written there is not to be dropped without a word.
NUMBER = re.compile(r"(?:tel:)?[0-9+()./ -]+(?:(?:[,;#]|;?(?:x|ext(?:ension|n)?))[ .=:]*[0-9]{1,10})?", re.IGNORECASE)

NOT_A_NUMBER = format_lazy(_("This is not a telephone number. Write it in figures, {example}."), example=EXAMPLE)
PROBLEMS = {
    ValidationResult.TOO_SHORT: _("The number has too few figures. Check that none is missing."),
    ValidationResult.TOO_LONG: _("The number has too many figures. Give one number only."),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: format_lazy(
        _("The number is not whole. Write it with its area code, {example}."), example=EXAMPLE
    ),
    ValidationResult.INVALID_LENGTH: _("The number does not have as many figures as numbers there have. Check them."),
}


class NotATelephone(ValueError):
    """What was written is no telephone number; the message says so to the person who wrote it."""


def read_telephone(text: str) -> str:
    """Return a number in E.164, such as +442079460000, with “;ext=12” where there is an extension.

    A number without the code of its country is one of ours. Only the count of figures is checked: new ranges come
    quicker than lists of them.

    Raises:
        NotATelephone: it says no number, or not the whole of one.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not NUMBER.fullmatch(plain):
        raise NotATelephone(NOT_A_NUMBER)
    try:
        number = phonenumbers.parse(plain, HOME)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise NotATelephone(
                gettext("No country has the code after the +. Check it, %(example)s.") % {"example": EXAMPLE}
            ) from error
        if error.error_type == NumberParseException.TOO_LONG:
            raise NotATelephone(PROBLEMS[ValidationResult.TOO_LONG]) from error
        raise NotATelephone(NOT_A_NUMBER) from error
    if (result := phonenumbers.is_possible_number_with_reason(number)) in PROBLEMS:
        raise NotATelephone(PROBLEMS[result])
    extension = f"{EXTENSION}{number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension


def telephone_in_words(kept: str) -> str:
    """Return a kept number as people write it: one of ours as at home. What is no kept number, as it is."""
    return _shown(kept, abroad=False)


def telephone_from_abroad(kept: str) -> str:
    """Return a kept number with the code of its country, for whoever reads it elsewhere."""
    return _shown(kept, abroad=True)


def _shown(kept: str, *, abroad: bool) -> str:
    whole, _, extension = kept.partition(EXTENSION)
    number = _number(whole)
    if number is None:
        return kept
    ours = number.country_code == phonenumbers.country_code_for_region(HOME)
    form = PhoneNumberFormat.NATIONAL if ours and not abroad else PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(number, form)
    if not extension:
        return shown
    return gettext("%(number)s extension %(extension)s") % {"number": shown, "extension": extension}


def _number(whole: str) -> PhoneNumber | None:
    if not re.fullmatch(r"\+[0-9]+", whole):
        return None
    try:
        return phonenumbers.parse(whole)
    except NumberParseException:
        return None
