"""The account's menu and overview: each app adds its own from `AppConfig.ready()`; accounts know none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from accounts.values.wording import Words


@dataclass(frozen=True, slots=True, order=True)
class MenuEntry:
    """A page in the account's menu. Lower orders come first; `owns` names pages elsewhere that belong to it."""

    order: int
    title: Words
    urlname: str
    owns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    urlname: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something the person should do, and the page on which to do it."""

    text: str
    link: Link


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the overview: a few facts, where to change them, and what needs doing."""

    title: str
    facts: tuple[tuple[str, Words], ...] = ()
    link: Link | None = None
    tasks: tuple[Task, ...] = ()


SectionMaker = Callable[[User], Section | None]

_entries: list[MenuEntry] = []
_makers: dict[int, SectionMaker] = {}


def add_to_menu(order: int, title: Words, urlname: str, owns: tuple[str, ...] = ()) -> None:
    _entries.append(MenuEntry(order, title, urlname, owns))
    _entries.sort()


def menu_entries() -> list[MenuEntry]:
    return list(_entries)


def add_to_overview(order: int) -> Callable[[SectionMaker], SectionMaker]:
    """Register a function that makes a section for a person, or None where there is nothing to say."""

    def add(maker: SectionMaker) -> SectionMaker:
        _makers[order] = maker
        return maker

    return add


def overview_of(user: User) -> list[Section]:
    """Return the sections of a person's overview in their order."""
    made = (_makers[order](user) for order in sorted(_makers))
    return [section for section in made if section]
