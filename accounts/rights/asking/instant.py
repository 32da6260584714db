"""What people can do by themselves, at once: it is offered before the form."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Instant:
    """Something that needs no request: what one wants, and where it is done."""

    want: str
    link: str
    urlname: str


INSTANT: Final = (
    Instant("A copy of everything we hold about you", "Download your data", "accounts:data"),
    Instant("Something about you is wrong", "See and change your details", "accounts:details"),
    Instant("No more e-mail from us, or other choices", "Choose what we send you", "accounts:preferences"),
    Instant("Everything about you should go", "Close your account", "accounts:close"),
)
