"""Filters that several reports share."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from policies.writing.models import PolicyPage


def policies(request: HttpRequest | None = None) -> QuerySet[PolicyPage]:
    """Return the policies to choose from, without their texts."""
    return PolicyPage.objects.filter(alias_of=None).defer("preamble", "sections").order_by("title")


def policy_filter(field: str) -> django_filters.ModelChoiceFilter:
    """Return a filter for the policy of a row; `field` leads from the row to its page."""
    return django_filters.ModelChoiceFilter(label=gettext("Policy"), field_name=field, queryset=policies)


def by_number(queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    """Keep the rows of versions with this number, such as 2.1; none where it is no number."""
    major, _, minor = value.strip().partition(".")
    if not (major.isascii() and major.isdecimal() and minor.isascii() and minor.isdecimal() and len(value) < 12):
        return queryset.none()
    return queryset.filter(version__major=int(major), version__minor=int(minor))
