"""What is weighed before a part about another person is withheld: DPA 2018, Schedule 2, paragraph 16."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the five; `name` is the field that keeps what was found."""

    name: str
    label: str
    help: str


FACTORS: Final = (
    Factor("type_of_information", "Type of information", "What would be disclosed of the other person?"),
    Factor("duty_of_confidentiality", "Duty of confidentiality", "Is one owed to them, and why?"),
    Factor("steps_to_seek_consent", "Steps to seek their consent", "What was done, and when?"),
    Factor("capability_to_consent", "Whether they can consent", "Are they capable of giving it?"),
    Factor("express_refusal", "Express refusal", "Did they refuse, and in which words?"),
)
