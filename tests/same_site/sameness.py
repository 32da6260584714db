"""What counts as the same: what is random by nature, and the few differences that are allowed, each with its reason."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Replaces what a pattern finds, in both records, before they are compared."""

    name: str
    reason: str
    pattern: str
    becomes: str

    def apply(self, text: str) -> str:
        return re.sub(self.pattern, self.becomes, text)


NORMALISED = (
    Rule(
        "csrf tokens",
        "masked anew for each page",
        r"(?i)(csrf\w*\W{1,24}?(?:value=)?\W{0,3})[A-Za-z0-9]{64}",
        r"\1<csrf>",
    ),
    Rule("csrf cookies", "made up for each visitor", r"(Set-Cookie: csrftoken=)\w+", r"\1<csrf>"),
    Rule("session keys", "made up for each sign-in", r"(Set-Cookie: sessionid=)\w+", r"\1<session>"),
    Rule("message ids", "made of the process's number and chance", r"<\d{15,}\.\d+\.\d+@", "<message-id@"),
    Rule("MIME boundaries", "chance", r"={15}\d+==", "<boundary>"),
)

# Filled when the house is rebuilt: what the records show of the code's own names, and sentences that were reworded.
ALLOWANCES: tuple[Rule, ...] = ()


def normal(text: str) -> str:
    for rule in (*NORMALISED, *ALLOWANCES):
        text = rule.apply(text)
    return text
