"""What a policy can say of what the site keeps on people's devices. The room that knows fills the list.

It adds its teller from `AppConfig.ready()`; what is told is fixed in a version's text when it is announced.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One cookie or key of a browser's storage, in the words that people read."""

    name: str
    purpose: str
    when: str
    lasts: str
    whose: str
    of_staff: bool = False


tellers: list[Callable[[], Iterable[Kept]]] = []


def kept_on_devices(*, of_staff: bool) -> list[Kept]:
    """Return what is kept on everybody's device, or with `of_staff` on those of people who work in the CMS besides."""
    return [kept for tell in tellers for kept in tell() if kept.of_staff == of_staff]
