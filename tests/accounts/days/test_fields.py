"""No day in the CMS is taken from Wagtail's calendar: it writes today over what it does not understand."""

import datetime as dt
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import walk_packages

import pytest
from django import forms
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

import accounts
import home
import policies
from accounts.days.fields import DayField
from accounts.days.inputs import CmsDayInput

CALENDARS = (AdminDateInput, AdminDateTimeInput)


def forms_of_ours() -> set[type[forms.Form]]:
    modules = [
        import_module(found.name)
        for package in (accounts, home, policies)
        for found in walk_packages(package.__path__, f"{package.__name__}.")
        if "migrations" not in found.name and "bucket" not in found.name
    ]
    found = {one for module in modules for _, one in getmembers(module, isclass) if issubclass(one, forms.BaseForm)}
    return {one for one in found if one.__module__.partition(".")[0] in {"accounts", "home", "policies"}}


def test_every_day_of_every_form_is_read_as_people_write_it():
    days = [
        (form.__name__, name, field)
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField)
    ]
    assert len(days) > 6
    assert [(form, name) for form, name, field in days if not isinstance(field, DayField)] == []
    assert [(form, name) for form, name, field in days if isinstance(field.widget, CALENDARS)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["2026-11-01", "1 November 2026", "1/11/26", "Sunday 1st of November, 2026"])
def test_the_days_of_the_rights_desk_are(text):
    entering = import_module("accounts.rights.desk.entering")
    field = entering.EntryForm.base_fields["received_on"]
    assert field.clean(text) == dt.date(2026, 11, 1)
    assert isinstance(field.widget, CmsDayInput)
    with pytest.raises(forms.ValidationError):
        field.clean("13/13/2026")
