"""What the preferences page says besides: other apps say which mail comes anyway, and why.

They add their notes from `AppConfig.ready()`; accounts know none of them.
"""

from collections.abc import Callable, Iterable

from accounts.models import User

NoteMaker = Callable[[User], Iterable[str]]

_makers: list[NoteMaker] = []


def add_note(maker: NoteMaker) -> NoteMaker:
    """Register a function that returns whole sentences for a person, or none. They are escaped unless marked safe."""
    _makers.append(maker)
    return maker


def notes_for(person: User) -> list[str]:
    return [note for maker in _makers for note in maker(person)]
