"""Refuses a common password with something added, which 12 characters alone would let pass: Liverpool2024!"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from accounts.flows.passwords.build import leaked
from accounts.models import User
from accounts.values.organisation import organisation

LETTERS_MEANT = str.maketrans("@4310$57!", "aaeiossti")
# Padding is easy to guess when it is as short as a year with a sign, or common itself.
SHORT_PADDING = 8


class CommonPasswords(CommonPasswordValidator):
    """Refuses common passwords, also with something added, and says so once.

    Compares the core of a password with the common ones, the person's names and the words of this site. The last are
    ASVS 5.0, 6.2.11.

    Args:
        words: what everybody thinks of first here, besides the name of the organisation.
        password_list_path: the common passwords of full length, as Django's own validator takes them.
    """

    def __init__(self, words: Sequence[str] = (), **options: str | Path) -> None:
        super().__init__(**options)
        self.words = frozenset(words)

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises: ValidationError: the password is common, also with something added, or repeats itself."""
        super().validate(password, user)
        if repeated_unit(password.lower()) or is_padded(
            password.lower(), self.words | names_of_site() | names_of(user)
        ):
            raise ValidationError(
                gettext("This is a common password with something added. Choose words that do not belong together."),
                code="password_padded",
            )

    def get_help_text(self) -> str:
        return gettext("Your password must not be a common one, nor one with something added.")


def names_of_site() -> frozenset[str]:
    """Return what the organisation is called: each word of its name, and all of them in one."""
    words = re.findall(r"\w+", organisation().name.lower())
    return frozenset([*words, "".join(words)])


def names_of(user: User | None) -> frozenset[str]:
    """Return what a person is called, in their address too."""
    if user is None:
        return frozenset()
    first, last = user.first_name, user.last_name
    names = {user.email, user.email.partition("@")[0], first, last, first + last, user.preferred_name}
    return frozenset(name.lower() for name in names if name)


def is_padded(password: str, words: frozenset[str]) -> bool:
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", password)
    padding = password.replace(core, "", 1) if core else ""
    if len(core) < 4 or not (len(padding) <= SHORT_PADDING or padding in common()):
        return False
    return not {core, core.translate(LETTERS_MEANT)}.isdisjoint(words | common())


def repeated_unit(text: str) -> str:
    """Return what the text is made of by repeating it, if that is shorter than eight characters."""
    found = re.fullmatch(r"(.{1,7}?)\1+", text, re.DOTALL)
    return found[1] if found else ""


@cache
def common() -> frozenset[str]:
    return frozenset(leaked())
