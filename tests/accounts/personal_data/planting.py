"""Makes people of whom there is something in every registered model, with markers in all of it.

What a kind of data needs besides goes into `special.py`; a kind that cannot be planted fails with words that say so.
"""

import datetime as dt
import random
import string
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.personal_data.register import ByPerson, Erasure, Kind, kinds

# Around each marker: what breaks quoting, spreadsheets, markup and alphabets.
AROUND = (
    "",
    " ",
    "=1+1",
    "'; --",
    '"',
    "<b>&",
    "🍑",
    "שלום",
    "\u202e",
    "é\u0301",
    "%s {}",
    "a\nb",
    "\\",
    ",;\t",
    "@x",
    "-2",
)


@dataclass
class Planted:
    """A person, the markers of what goes and of what stays without them when they are erased, and their rows."""

    person: User
    goes: str
    stays: str
    other: User
    chance: random.Random
    rows: dict[str, list[Any]] = field(default_factory=dict, repr=False)
    counter: int = 0

    def text(self, marker: str, length: int | None = None) -> str:
        """A marker with something awkward around it; only a part of it where there is no room."""
        before, after = self.chance.choice(AROUND), self.chance.choice(AROUND)
        if length is not None and len(marker) + len(before) + len(after) > length:
            before = after = ""
        return f"{before}{marker}{after}"[:length]

    def number(self) -> int:
        self.counter += 1
        return self.counter + self.chance.randrange(10**6) * 1000

    def plain(self, length: int = 12) -> str:
        return "".join(self.chance.choices(string.ascii_lowercase, k=min(length, 12)))


def marker_of(chance: random.Random, word: str) -> str:
    return word + "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=9))


def a_planted_person(chance: random.Random, at_most: int = 2) -> Planted:
    """Somebody with between one and so many rows of every kind."""
    goes, stays = marker_of(chance, "goes"), marker_of(chance, "stays")
    # An administrator, too: the last one cannot be erased.
    other = User.objects.create_user(f"{marker_of(chance, 'colleague')}@example.org", is_superuser=True)
    person = User.objects.create_user(f"{goes}.account@example.org", "horse lamp river 74", is_superuser=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    planted = Planted(person, goes, stays, other, chance)
    # Versions first: notices are about them.
    for kind in sorted(kinds(), key=lambda kind: (-kind.order, kind.model != "policies.PolicyVersion")):
        for _ in range(chance.randint(1, at_most)):
            plant(kind, planted)
    bare = [kind.key for kind in kinds() if kind.found_by and kind.key not in planted.rows]
    assert not bare, f"Nothing was planted of {bare}. Say in special.py how."
    return planted


def plant(kind: Kind, planted: Planted) -> None:
    """Make a row of a kind that is about the person."""
    from tests.accounts.personal_data import special

    make = special.MAKERS.get(kind.key, make_generic)
    try:
        with transaction.atomic():
            row = make(kind, planted)
    except IntegrityError as error:
        if kind.key in planted.rows:  # there can be one only, such as one for each notice
            return
        raise AssertionError(f"“{kind.key}” cannot be planted: {error}. Say how in special.py.") from error
    if row is not None:
        planted.rows.setdefault(kind.key, []).append(row)


def make_generic(kind: Kind, planted: Planted, /, **given: Any) -> Any:
    path = next((finder.path for finder in kind.found_by if isinstance(finder, ByPerson)), None)
    if path is None:
        if kind.found_by:
            raise AssertionError(f"Nobody has said how a row of “{kind.key}” is made. Say it in special.py.")
        return None
    return make_row(kind, planted, path, given)


def make_row(kind: Kind, planted: Planted, path: str, given: dict[str, Any]) -> Any:
    """Fill every field of the model: the person's with a marker, the others with what means nothing."""
    model = kind.model_class
    head, _, rest = path.partition("__")
    link = model._meta.get_field(head)
    owner = leading_to(link.related_model, rest, planted) if rest else planted.person
    if is_one_each(model, link) and model._base_manager.filter(**{head: owner}).exists():
        return None
    values = given | {head: owner}
    for each in model._meta.concrete_fields:
        if each.name not in values and not is_automatic(each):
            values[each.name] = value_for(each, kind, planted)
    row = model(**values)
    model._base_manager.bulk_create([row])
    return row


def is_one_each(model: type[models.Model], link: Any) -> bool:
    constraints = (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))
    return link.unique or any(each.fields == (link.name,) and each.condition is None for each in constraints)


def leading_to(model: type[models.Model], path: str, planted: Planted) -> Any:
    """Return a row of theirs to hang another on, such as a device for its codes."""
    found = model._base_manager.filter(**{path: planted.person}).order_by("pk").last()
    if found is None:
        parent = next(kind for kind in kinds() if kind.model_class is model)
        plant(parent, planted)
        found = model._base_manager.filter(**{path: planted.person}).order_by("pk").last()
    return found


def is_automatic(each: Any) -> bool:
    return isinstance(each, models.AutoField) or (each.auto_created and each.primary_key)


def value_for(each: Any, kind: Kind, planted: Planted) -> Any:
    if each.remote_field:
        return linked(each, planted)
    if each.choices:
        return planted.chance.choice([value for value, _ in each.flatchoices])
    marker = marker_for(each, kind, planted)
    return MAKERS[next(known for known in type(each).__mro__ if known in MAKERS)](each, marker, planted)


def marker_for(each: Any, kind: Kind, planted: Planted) -> str:
    """What is deleted or overwritten has the marker that must be gone; what else is theirs, the one that may stay."""
    columns = {column.name: column for column in kind.columns}
    if kind.erasure is Erasure.DELETE or (each.name in columns and columns[each.name].is_erased):
        return planted.goes
    if each.name in columns and columns[each.name].exported:
        return planted.stays
    return planted.plain()


def linked(each: Any, planted: Planted) -> Any:
    """A link to somebody who is not the person, or to anything; nothing where that is allowed."""
    if each.null:
        return None
    if each.related_model is User:
        return planted.other
    found = each.related_model._base_manager.first()
    return found or make_anything(each.related_model, planted)


def make_anything(model: type[models.Model], planted: Planted) -> Any:
    nothing = Kind("", "", "", "", "", None, None, (), (), Erasure.KEEP)  # type: ignore[arg-type]
    fields = [each for each in model._meta.concrete_fields if not is_automatic(each)]
    row = model(**{each.name: value_for(each, nothing, planted) for each in fields})
    row.save()
    return row


def _past(each: Any, marker: str, planted: Planted) -> dt.datetime:
    return timezone.now() - dt.timedelta(seconds=planted.chance.randrange(1, 3600))


MAKERS: dict[type, Any] = {
    models.CharField: lambda each, marker, planted: planted.text(marker, each.max_length),
    models.TextField: lambda each, marker, planted: planted.text(marker, each.max_length),
    models.SlugField: lambda each, marker, planted: f"{marker}-{planted.number()}"[: each.max_length],
    models.EmailField: lambda each, marker, planted: f"{marker}.{planted.number()}@example.org",
    models.URLField: lambda each, marker, planted: f"https://example.org/{marker}",
    models.JSONField: lambda each, marker, planted: {"note": planted.text(marker), "more": [{"again": marker}]},
    models.BinaryField: lambda each, marker, planted: f"{marker}{planted.number()}".encode(),
    models.FileField: lambda each, marker, planted: ContentFile(marker.encode(), name=f"{marker}.txt"),
    models.DateTimeField: _past,
    models.DateField: lambda each, marker, planted: timezone.localdate(),
    models.BooleanField: lambda each, marker, planted: planted.chance.random() < 0.5,
    models.IntegerField: lambda each, marker, planted: planted.chance.randrange(1000),
    models.FloatField: lambda each, marker, planted: planted.chance.random(),
    models.UUIDField: lambda each, marker, planted: each.get_default(),
    models.GenericIPAddressField: lambda each, marker, planted: f"10.0.{planted.chance.randrange(256)}.0",
}
