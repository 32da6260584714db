"""What people must be told with a copy of their data: UK GDPR, Article 15(1) and (2), beside what stands at each kind.

https://www.legislation.gov.uk/eur/2016/679/article/15
"""

from dataclasses import dataclass

from accounts.personal_data.archive.controller import Controller
from accounts.values.regulator import Regulator


@dataclass(frozen=True, slots=True)
class Fact:
    key: str
    title: str
    lines: tuple[str, ...]


RIGHTS = (
    "Have what is wrong put right. Most of it you can change yourself in your account.",
    "Have it deleted, where we need not keep it.",
    "Have us only keep it, and do nothing else with it, while it is disputed.",
    "Object to what we do with it for interests of our own, and at any time to marketing.",
    "Take back what you agreed to. What was done before stays lawful.",
    "Take what you gave us to somebody else: data.json is made for that.",
)
SOURCE = (
    "From you: what you filled in, chose and did in your account.",
    "From your browser: which kind it is and roughly where it is, when you sign in or change something.",
    "From our staff, where they helped you with your account.",
)
AUTOMATED = ("None. No decision about you is made by a machine alone, and nobody makes a profile of you.",)
TRANSFERS = (
    "Who receives data stands at each kind. Where one of them is outside of the United Kingdom, "
    "our privacy policy says where, and what protects your data there.",
)


def facts(responsible: Controller) -> tuple[Fact, ...]:
    """Return what applies to every kind; purposes, recipients and how long stand at each (15(1)(a) to (d))."""
    return (
        Fact("controller", "Who is responsible", (responsible.name, *responsible.contact)),
        Fact("rights", "Your rights", RIGHTS),
        Fact("complaints", "If you are not content", complaining(responsible.regulator)),
        Fact("source", "Where it comes from", SOURCE),
        Fact("automated_decisions", "Decisions made by machines", AUTOMATED),
        Fact("transfers", "Outside of the United Kingdom", TRANSFERS),
    )


def complaining(regulator: Regulator) -> tuple[str, ...]:
    """Return to whom a person can complain (15(1)(f))."""
    phone = f", telephone {regulator.phone}" if regulator.phone else ""
    return (
        "Tell us first, so that we can put it right.",
        f"You can also complain to the {regulator.name} at any time: {regulator.url}{phone}.",
    )
