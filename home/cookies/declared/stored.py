"""What an entry of the register says: one cookie or key that is kept on people's devices."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words, span_in_words

OURS = _("This website")


class Place(TextChoices):
    COOKIE = "cookie", _("Cookie")
    LOCAL = "local", _("Local storage")
    SESSION = "session", _("Session storage")


class Need(TextChoices):
    """Why the law lets us: `LAW.ON_DEVICES`."""

    ESSENTIAL = "essential", _("Strictly necessary")
    FUNCTIONAL = "functional", _("For how the page looks or works, as you chose")
    CONSENT = "consent", _("Only with your consent")


class Lasts(TextChoices):
    """How long something is kept that has no number of days."""

    WINDOW = "window", _("Until you close the browser")
    CLEARED = "cleared", _("Until it is deleted in the browser")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One cookie or key, as it is declared.

    `name` may hold a * for letters that differ. `whose` is the other company that reads it; empty where only we do.
    `settings` are Django's settings as this declaration has them: a system check compares.
    """

    name: str
    need: Need
    purpose: Words
    when: Words
    lasts: dt.timedelta | Lasts
    place: Place = Place.COOKIE
    lasts_words: Words = ""
    whose: Words = ""
    of_staff: bool = False
    http_only: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)

    def is_named(self, name: str) -> bool:
        return fnmatchcase(name, self.name)

    @property
    def how_long(self) -> str:
        """Return the words that people read."""
        if self.lasts_words:
            return str(self.lasts_words)
        return str(self.lasts.label) if isinstance(self.lasts, Lasts) else span_in_words(self.lasts).capitalize()

    @property
    def is_of(self) -> str:
        return str(self.whose or OURS)
