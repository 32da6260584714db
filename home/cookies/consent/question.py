"""What visitors are asked, in which words, and the digest that an answer is bound to."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import Wording
from home.cookies.declared.declarations import ANALYTICS_LASTS
from home.cookies.remembering import choices

RECIPIENT: Final = "Google"
PURPOSE: Final = _("To count which pages of this website are read, so that we can make it better")
WORDS: Final = _(
    "May we count visits with Google Analytics, to make this website better? If you agree, Google sets cookies on your "
    "device and gets the address of each public page you read here, your IP address, and facts about your browser. "
    "Google may use what it gets to improve its own services."
)
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now. Another purpose, wording, program or recipient is another question."""

    measurement_id: str
    script: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all that somebody agrees to."""
        asked = [str(PURPOSE), str(WORDS), self.script, self.measurement_id, RECIPIENT, ANALYTICS_LASTS.days]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    @property
    def words(self) -> str:
        return str(WORDS)

    @property
    def wording(self) -> Wording:
        return Wording(VERSION, f"{WORDS} ({PURPOSE}.)", RECIPIENT, self.digest)


def question() -> Question | None:
    """Return what is asked; None where there is nothing to ask, so that nobody is."""
    measurement_id = choices().analytics_id
    return Question(measurement_id, settings.ANALYTICS_SCRIPT) if measurement_id else None
