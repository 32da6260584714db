"""Filters that several reports share."""

from typing import TypeVar

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.values.row_numbers import MOST_FIGURES
from policies.writing.models import PolicyPage

M = TypeVar("M", bound=Model)


def policies(request: HttpRequest | None = None) -> QuerySet[PolicyPage]:
    """Return the policies to choose from, without their texts."""
    return PolicyPage.objects.filter(alias_of=None).defer("preamble", "sections").order_by("title")


class PolicyField(django_filters.fields.ModelChoiceField):
    """Takes the number of a policy; one that no database can hold is none of them (SQLite would crash on it)."""

    def to_python(self, value: object) -> PolicyPage | None:
        """Raises: ValidationError: there is no such policy."""
        if isinstance(value, str) and len(value) > MOST_FIGURES:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class PolicyFilter(django_filters.ModelChoiceFilter):
    field_class = PolicyField


def policy_filter(field: str) -> PolicyFilter:
    """Return a filter for the policy of a row; `field` leads from the row to its page."""
    return PolicyFilter(label=_("Policy"), field_name=field, queryset=policies)


def by_number(queryset: QuerySet[M], name: str, value: str) -> QuerySet[M]:
    """Keep the rows of versions with this number, such as 2.1; none where it is no number."""
    major, _, minor = value.strip().partition(".")
    if not (major.isascii() and major.isdecimal() and minor.isascii() and minor.isdecimal() and len(value) < 12):
        return queryset.none()
    return queryset.filter(version__major=int(major), version__minor=int(minor))
