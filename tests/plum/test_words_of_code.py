"""Words that modules hold from their start, labels, choices and declarations, are not fixed in one language."""

from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from wagtail.admin.panels import FieldPanel, Panel, get_edit_handler
from wagtail.models import Page

import plum.urls  # noqa: F401  (reads every module that has a form)
from accounts.personal_data.register import ByRule, Kind, kinds

OURS = ("accounts", "home", "policies", "plum")


def below(cls: type) -> Iterator[type]:
    for child in cls.__subclasses__():
        yield child
        yield from below(child)


def ours(cls: type) -> list[type]:
    return [found for found in dict.fromkeys(below(cls)) if found.__module__.split(".")[0] in OURS]


def is_fixed(words: object) -> bool:
    return bool(words) and not isinstance(words, Promise)


def test_labels_of_choices():
    fixed = [
        f"{choices.__qualname__}.{member.name}"
        for choices in ours(TextChoices)
        for member in choices
        if is_fixed(member._label_)
    ]
    assert fixed == []


def test_labels_and_hints_of_forms():
    fixed = [
        f"{form.__qualname__}.{name}"
        for form in ours(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if not field.widget.is_hidden and (is_fixed(field.label) or is_fixed(field.help_text))
    ]
    assert fixed == []


def words_of(kind: Kind) -> Iterator[object]:
    yield from (kind.title, kind.what, kind.why, kind.why_kept, kind.retention.says, *kind.receivers)
    yield from (finder.words for finder in (*kind.found_by, *kind.unless) if isinstance(finder, ByRule))
    for column in kind.columns:
        yield from (column.words, column.why_not, column.masks, column.why, *(column.seen_by or ()))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.key)
def test_declarations_of_personal_data(kind):
    assert [words for words in words_of(kind) if is_fixed(words)] == []


def panels_in(panel: Panel) -> Iterator[Panel]:
    yield panel
    for child in getattr(panel, "children", ()):
        yield from panels_in(child)


def test_headings_of_panels_in_the_cms():
    fixed = []
    for model in apps.get_models():
        if model.__module__.split(".")[0] in OURS and (issubclass(model, Page) or hasattr(model, "panels")):
            handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
            for panel in panels_in(handler):
                if is_fixed(panel.heading) or (isinstance(panel, FieldPanel) and is_ours_and_bare(model, panel)):
                    fixed.append(f"{model.__name__}: {panel.heading or panel.field_name}")
    assert fixed == []


def is_ours_and_bare(model: type, panel: FieldPanel) -> bool:
    """Whether it is called after a field of ours whose name is no word for translators."""
    field = {field.name: field for field in model._meta.get_fields()}.get(panel.field_name)
    is_named = bool(panel.heading) or field is None or field.model.__module__.split(".")[0] not in OURS
    return not is_named and is_fixed(field.verbose_name)
