"""Notices when a mail server refuses not this person but everybody. Pure."""

import re

from policies.notices.sending.envelopes import Outcome, Verdict
from policies.notices.sending.outbox import Claimed
from policies.notices.sending.verdicts import is_bad_address

# From the beginning, and after mails were accepted; a refusal that says it is not about the person weighs more.
FIRST, IN_A_ROW = 30, 100
WEIGHT_OF_ALL = 10
# What differs from one person to the next: addresses, numbers, a server's own ids.
PERSONAL = re.compile(r"\S*[@<>0-9]\S*")


class Suspicion:
    """A run of refusals with the same words, without one acceptance; `run` is whom it met."""

    def __init__(self) -> None:
        self.run: list[tuple[Claimed, Outcome]] = []
        self._words = ""
        self._weight = 0
        self._accepted = False

    def note(self, claimed: Claimed, outcome: Outcome) -> bool:
        """Take in an answer; return whether the run is so long that the server must mean everybody."""
        if outcome.verdict is Verdict.ACCEPTED:
            self._accepted = True
            self._clear()
            return False
        if outcome.verdict not in {Verdict.REFUSED, Verdict.LATER} or is_bad_address(claimed, outcome):
            return False
        said = f"{outcome.code} {PERSONAL.sub('', outcome.reply)}"
        if said != self._words:
            self._clear()
            self._words = said
        self.run.append((claimed, outcome))
        self._weight += WEIGHT_OF_ALL if outcome.everybody else 1
        patience = IN_A_ROW if self._accepted or outcome.verdict is Verdict.LATER else FIRST
        return self._weight >= patience

    def _clear(self) -> None:
        self.run, self._words, self._weight = [], "", 0
