"""What stands beside a field in which people give something: why, how long and who sees it, out of the register.

A form says which kind of the register its fields end in: `told_by = {"email": "account"}`, with the column where that
has another name than the field: `"account.password"`; `ALL_OTHERS` for those that are not named. What is kept nowhere
says so itself: `not_kept = {"code": "Compared, and not kept."}`.
"""

from functools import cached_property
from typing import Final

from django.forms import BaseForm, BoundField, Widget
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.personal_data.register import kind_of
from accounts.values.wording import Words

ALL_OTHERS: Final = "*"


def told_of(key: str) -> str:
    """Return one line about a kind of personal data.

    Args:
        key: of the kind, as in the register; a column may follow behind a dot.

    Raises:
        KeyError: the register has no such kind, or the kind no such column.
    """
    key, _, name = key.partition(".")
    kind = kind_of(key)
    column = kind.column(name) if name else None
    seen = kind.receivers if column is None or column.seen_by is None else column.seen_by
    return gettext("%(why)s Kept: %(kept)s. Seen by: %(seen_by)s.") % {
        "why": (column and column.why) or kind.why,
        "kept": _begin_small(kind.retention.words),
        "seen_by": "; ".join(map(_begin_small, seen)) or gettext("nobody else"),
    }


def _begin_small(words: Words) -> str:
    return words[:1].lower() + words[1:]


def line_for(form: type[BaseForm] | BaseForm, name: str) -> str:
    """Return the line beside a field of a form; nothing where the form says nothing of it."""
    not_kept, told_by = getattr(form, "not_kept", {}), getattr(form, "told_by", {})
    if line := not_kept.get(name):
        return str(line)
    key = told_by.get(name) or told_by.get(ALL_OTHERS)
    return told_of(_with_column(key, name)) if key else ""


def lines_of(form: BaseForm) -> dict[str, list[BoundField]]:
    """Return the lines beside the fields of a form, each once, with the fields that it is about."""
    found: dict[str, list[BoundField]] = {}
    for field in form:
        if not field.is_hidden and (line := line_for(form, field.name)):
            found.setdefault(line, []).append(field)
    return found


def _with_column(key: str, name: str) -> str:
    """Name the column, where the field of the form is called like one."""
    has_one = "." not in key and any(column.name == name for column in kind_of(key).columns)
    return f"{key}.{name}" if has_one else key


class ToldField(BoundField):
    """A field on a page that knows its line, and tells screen readers of it."""

    @cached_property
    def told(self) -> str:
        return "" if self.is_hidden else line_for(self.form, self.name)

    @property
    def aria_describedby(self) -> str | None:
        """The line comes last: hint and error are more urgent."""
        others = super().aria_describedby
        if not self.told or not self.auto_id or self.field.widget.attrs.get("aria-describedby"):
            return others
        return f"{others} {self.auto_id}_told".strip() if others else f"{self.auto_id}_told"

    def as_widget(
        self, widget: Widget | None = None, attrs: dict[str, str | bool] | None = None, only_initial: bool = False
    ) -> SafeString:
        """Keep the line where the CMS names only its own hint."""
        if attrs and (hint := attrs.get("aria-describedby")) and self.told and self.auto_id:
            attrs = {
                **attrs,
                "aria-describedby": f"{hint} {self.auto_id}_told",
            }
        return super().as_widget(widget, attrs, only_initial)


class FormRenderer(DjangoTemplates):
    """Django's own, with fields that know their line; the setting FORM_RENDERER names it."""

    bound_field_class = ToldField
