"""How this room's words reach people in their language, without knowing a framework: who translates registers here.

The names are those of gettext, so that its tools find the words.
"""

from typing import Final, Protocol


class Translator(Protocol):
    """What a translator can do; Django's `translation` does."""

    def gettext(self, message: str) -> str: ...
    def ngettext(self, singular: str, plural: str, number: int) -> str: ...


_translators: Final[list[Translator]] = []


def translate_by(translator: Translator) -> None:
    """Register who translates; the last one counts."""
    _translators.append(translator)


def gettext(message: str) -> str:
    """Return the words in the language of today; as they stand where nobody translates."""
    return _translators[-1].gettext(message) if _translators else message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the words for one or for many."""
    if _translators:
        return _translators[-1].ngettext(singular, plural, number)
    return singular if number == 1 else plural


def gettext_noop(message: str) -> str:
    """Return the words as they stand, to be translated where they are used."""
    return message
