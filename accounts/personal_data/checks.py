"""System checks: every field of every model stands in the register, and the register can do what it says."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models

from accounts.personal_data.register import REGISTER, ByAddress, ByPerson, ByRule, Erasure, Kind, Register, Subject

TAG = "personal_data"
EMPTIED = (models.SET_NULL, models.DO_NOTHING)


@register_check(TAG)
def register_is_complete(app_configs: object = None, **_: object) -> list[CheckMessage]:
    return [*missing(REGISTER, apps.get_models(include_auto_created=True)), *mistakes(REGISTER)]


def missing(register: Register, all_models: Iterable[type[models.Model]]) -> Iterator[CheckMessage]:
    """Yield what is not declared: whole models, and single fields of declared models."""
    declared = names_by_model(register)
    for model in all_models:
        label, names = model._meta.label_lower, [field.name for field in columns_of(model)]
        if label in declared:
            yield from (unknown_field(register, model, name) for name in names if name not in declared[label])
        elif names:
            yield unknown_model(model, names)


def names_by_model(register: Register) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {label: set(free.fields) for label, free in register.free.items()}
    for kind in register.kinds():
        found.setdefault(kind.model.lower(), set()).update(names_of(kind))
    return found


def names_of(kind: Kind) -> set[str]:
    """The fields a kind speaks of, the ones by which it finds the person included."""
    paths = (finder.path for finder in (*kind.found_by, *kind.unless) if isinstance(finder, ByPerson | ByAddress))
    return {column.name for column in kind.columns} | set(kind.free) | {path.partition("__")[0] for path in paths}


def columns_of(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """Return the fields a model itself adds, without its number and links to the models it extends.

    Many-to-many fields of which Django makes a model of their own are looked at there.
    """
    meta = model._meta
    if meta.proxy or meta.swapped:
        return []
    own = [field for field in meta.local_fields if not is_number(field)]
    links = [field for field in meta.local_many_to_many if not is_made_by_django(field)]
    return own + links


def is_made_by_django(field: "models.ManyToManyField[Any, Any]") -> bool:
    """Whether the model between the two has no class of its own."""
    through = field.remote_field.through
    return through is not None and bool(through._meta.auto_created)


def is_number(field: "models.Field[Any, Any]") -> bool:
    counted = isinstance(field, models.AutoField | models.SmallAutoField | models.BigAutoField)
    return (field.primary_key and counted) or bool(field.remote_field and field.remote_field.parent_link)


def unknown_model(model: type[models.Model], names: Iterable[str]) -> CheckMessage:
    """Return the error that the register does not know a model, with what to write where."""
    label = model._meta.label
    listed = ", ".join(f'"{name}"' for name in names)
    return Error(
        f"The register of personal data does not know the model {label}.",
        hint=(
            f'In the personal_data of the app that brings it in, register Kind(model="{label}", columns=('
            f'Column("…", "what it is"), …), …) if it says anything about a person; otherwise write '
            f'declare_free("{label}", {listed}, why="…").'
        ),
        obj=model,
        id="personal_data.E001",
    )


def unknown_field(register: Register, model: type[models.Model], name: str) -> CheckMessage:
    """Return the error that the register does not know a field, with what to write where."""
    label = model._meta.label
    keys = [kind.key for kind in register.kinds() if kind.model.lower() == label.lower()]
    where = f"the kind “{keys[0]}”" if keys else f'declare_free("{label}", …)'
    if keys:
        hint = f'add Column("{name}", "what it is, in plain words") to {where}, or "{name}" to its `free`'
    else:
        hint = f'add "{name}" to {where}; if it says anything about a person, make a Kind of the model instead'
    return Error(
        f"The register of personal data does not know the field {label}.{name}.",
        hint=f"Where {label} is declared, {hint}.",
        obj=model,
        id="personal_data.E002",
    )


def mistakes(register: Register) -> Iterator[CheckMessage]:
    """Yield what is said and cannot be so."""
    yield from mistaken_freedom(register)
    yield from mistaken_parts(register)
    for kind in register.kinds():
        model = model_named(kind.model)
        if model is None:
            yield wrong(kind, f"there is no model {kind.model}", "Correct its name, or take the kind away.", 3)
            continue
        yield from mistaken_fields(kind, model)
        yield from mistaken_finders(kind, model)
        yield from mistaken_words(kind)
        yield from mistaken_erasure(kind, model)
        yield from mistaken_retention(kind, model)
        if kind.model.lower() in register.free:
            yield wrong(kind, f"{kind.model} is declared free of personal data as well", "Keep one of the two.", 4)


def mistaken_freedom(register: Register) -> Iterator[CheckMessage]:
    """Yield models declared free that lead to people."""
    for free in register.free.values():
        model = model_named(free.model)
        for name in people_in(model) if model else ():
            yield Error(
                f"{free.model} is declared free of personal data, but “{name}” leads to a person.",
                hint=f'Register a Kind of {free.model} with found_by=(ByPerson("{name}"),) instead.',
                obj=free.model,
                id="personal_data.E018",
            )


def mistaken_parts(register: Register) -> Iterator[CheckMessage]:
    """Yield links to people by which no kind of the model finds them."""
    paths: dict[str, set[str]] = {}
    for kind in register.kinds():
        paths.setdefault(kind.model, set()).update(direct_links(kind))
    for label, found in paths.items():
        model = model_named(label)
        for name in people_in(model) if model else ():
            if name not in found:
                yield Error(
                    f"Nobody is found by “{name}” of {label}.",
                    hint=f'Add a Kind of {label} with found_by=(ByPerson("{name}"),): the part that person plays.',
                    obj=label,
                    id="personal_data.E019",
                )


def people_in(model: type[models.Model]) -> list[str]:
    """Return the fields that lead straight to a person."""
    people = get_user_model()
    return [field.name for field in columns_of(model) if field.remote_field and field.related_model is people]


def model_named(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def wrong(kind: Kind, message: str, hint: str, number: int) -> CheckMessage:
    return Error(f"Kind “{kind.key}”: {message}.", hint=hint, obj=kind.model, id=f"personal_data.E{number:03}")


def has_field(model: type[models.Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def mistaken_fields(kind: Kind, model: type[models.Model]) -> Iterator[CheckMessage]:
    names = [column.name for column in kind.columns]
    for name in names:
        if not has_field(model, name):
            yield wrong(kind, f"{kind.model} has no field “{name}”", "Correct its name, or take the column away.", 5)
    for name in sorted({name for name in names if names.count(name) > 1 or name in kind.free}):
        yield wrong(kind, f"the field “{name}” is in it twice", "Name it once, in `columns` or in `free`.", 6)


def mistaken_finders(kind: Kind, model: type[models.Model]) -> Iterator[CheckMessage]:
    """Yield an error for each path of `found_by` and `unless` that leads to no field."""
    nobody = Subject(get_user_model()(pk=0), ("nobody@example.org",))
    for finder in (*kind.found_by, *kind.unless):
        if isinstance(finder, ByRule):
            continue
        try:
            model._base_manager.filter(finder(nobody))
        except FieldError as error:
            yield wrong(kind, f"nobody is found by “{finder.path}”: {error}", "Correct the path in `found_by`.", 7)


def mistaken_words(kind: Kind) -> Iterator[CheckMessage]:
    """Yield an error for each text of a kind that is empty, and for each `why_not` that its column contradicts."""
    said = {"title": kind.title, "what": kind.what, "why": kind.why, "retention": kind.retention.says}
    for name in (name for name, words in said.items() if not words.strip()):
        yield wrong(kind, f"it does not say its `{name}`", "People read the register: say it in plain words.", 8)
    for column in kind.columns:
        if not column.words.strip():
            yield wrong(kind, f"“{column.name}” has no words", "Say what it is, for the person it is about.", 9)
        if column.exported == bool(column.why_not.strip()):
            hint = "Say in `why_not` why it is in no download; say nothing where it is in it."
            yield wrong(kind, f"“{column.name}” and its `why_not` do not agree", hint, 10)


def mistaken_erasure(kind: Kind, model: type[models.Model]) -> Iterator[CheckMessage]:
    """Yield an error where what is said about erasing a kind does not fit together."""
    if kind.erasure is Erasure.DELETE:
        if kind.erased:
            hint = "Take `erased_as` away, or anonymise the kind."
            yield wrong(kind, "it is deleted, so nothing in it can be overwritten", hint, 11)
        return
    if not kind.why_kept.strip():
        yield wrong(kind, "something of it stays after erasing, and nothing says why", "Say so in `why_kept`.", 12)
    if kind.erasure is Erasure.ANONYMISE and not kind.erased:
        yield wrong(kind, "it is anonymised, but no column says how", "Say `erased_as` at what says who it was.", 13)
    erased = {column.name for column in kind.erased}
    for name in direct_links(kind):
        yield from mistaken_link(kind, model, name, name in erased)


def direct_links(kind: Kind) -> list[str]:
    return [finder.path for finder in kind.found_by if isinstance(finder, ByPerson) and "__" not in finder.path]


def mistaken_link(kind: Kind, model: type[models.Model], name: str, erased: bool) -> Iterator[CheckMessage]:
    """A row that stays must not lead to the person any more, nor go with them by the database's own rule."""
    link: Any = has_field(model, name) and model._meta.get_field(name)
    if not link or not link.remote_field:
        return
    if link.remote_field.on_delete not in EMPTIED:
        hint = "Make it on_delete=SET_NULL, or delete the kind."
        yield wrong(kind, f"it stays, but goes with the person by “{name}”", hint, 14)
    elif not erased and kind.erasure is Erasure.ANONYMISE:
        hint = f'Add Column("{name}", …, erased_as=None).'
        yield wrong(kind, f"it is anonymised, but “{name}” still leads to the person", hint, 15)


def mistaken_retention(kind: Kind, model: type[models.Model]) -> Iterator[CheckMessage]:
    """Yield an error if housekeeping cannot tell when the rows of a kind are past their time."""
    kept = kind.retention
    if kept.enforced_by or kept.due:
        return
    if kept.span is None or not kept.since:
        hint = "Give `since` with `after` or `setting`, or `due`; or say in `enforced_by` who sees to it."
        yield wrong(kind, "housekeeping cannot tell when it is past its time", hint, 16)
    elif not has_field(model, kept.since):
        yield wrong(kind, f"{kind.model} has no field “{kept.since}” to count from", "Correct `since`.", 17)
