"""Dates in the CMS: any usual British form is taken, said in words beside the field, and nothing else is made of it."""

import datetime as dt

import pytest
from django.forms import fields
from django.utils import timezone
from pytest_django.asserts import assertContains
from wagtail.models import Page, get_page_models

from accounts.days.fields import DayField, MomentField
from accounts.days.inputs import CmsDayInput, CmsMomentInput
from tests.making.editing import NEW

A_DAY = "/cms/day/"
NEXT = timezone.localdate() + dt.timedelta(days=40)
USUAL = ["{:%d/%m/%Y}", "{:%d.%m.%Y}", "{:%d-%m-%y}", "{:%d %B %Y}", "{:%a %d %b %Y}", "{:%Y-%m-%d}"]


@pytest.mark.parametrize("shape", USUAL)
def test_the_day_in_force_is_taken_as_it_is_usually_written(edith, shape):
    edith.announces(NEW, effective_from=shape.format(NEXT))
    version = edith.page.versions.get(sequence=2)
    assert version.effective_from == NEXT


@pytest.mark.parametrize("typed", ["garbage", "12/31/2027", "29 February 2027", "1 January", "31/12/2026 or later"])
@pytest.mark.parametrize("press", ["saves", "announces"])
def test_what_is_no_day_is_an_error_at_the_field_and_stays_as_it_was_typed(edith, typed, press):
    page = getattr(edith, press)(NEW, effective_from=typed)
    form = page.context["form"]
    assert list(form.errors) == ["effective_from"]
    assert form["effective_from"].value() == typed
    assertContains(page, f'value="{typed}"')
    assert edith.versions == ["1.0"]
    assert edith.draft.effective_from is None


def test_a_saved_day_is_shown_in_words(edith):
    edith.saves(NEW, effective_from="1.1.2030")
    page = edith.opens()
    assertContains(page, 'value="1 January 2030"')
    assertContains(page, "Tuesday 1 January 2030</output>")


def test_a_draft_is_scheduled_by_what_is_usually_written(edith):
    edith.announces(NEW, go_live_at=f"{NEXT:%d/%m/%Y} 9.30am")
    (revision,) = edith.page.revisions.filter(approved_go_live_at__isnull=False)
    at = timezone.localtime(revision.approved_go_live_at)
    assert (at.date(), at.hour, at.minute) == (NEXT, 9, 30)


@pytest.mark.parametrize("typed", ["garbage", "31/12/2029", "31/12/2029 25:00", "28 March 2027 01:30"])
def test_what_is_no_moment_schedules_nothing(edith, typed):
    page = edith.announces(NEW, go_live_at=typed)
    assert "go_live_at" in page.context["form"].errors
    assert edith.versions == ["1.0"]
    assert not edith.page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_the_meaning_is_asked_for_while_somebody_types(cms):
    read = cms.get(A_DAY, {"kind": "day", "text": "1st Jan 27"}).json()
    assert read == {"meaning": "Friday 1 January 2027", "problem": "", "text": "1 January 2027", "iso": "2027-01-01"}
    read = cms.get(A_DAY, {"kind": "moment", "text": "1/8/27 9am"}).json()
    assert (read["meaning"], read["iso"]) == ("Sunday 1 August 2027, 09:00", "2027-08-01T09:00")
    assert "There is no month 31" in cms.get(A_DAY, {"kind": "day", "text": "12/31/2026"}).json()["problem"]
    assert cms.get(A_DAY).json() == {"meaning": "", "problem": ""}


def test_the_meaning_is_said_to_editors_only(client):
    assert client.get(A_DAY).status_code == 302


def test_every_date_of_every_form_of_the_cms_is_read_this_way():
    seen = 0
    for model in set(get_page_models()) - {Page}:
        for name, field in model.get_edit_handler().get_form_class().base_fields.items():
            if isinstance(field, fields.DateField | fields.DateTimeField):
                seen += 1
                assert isinstance(field, DayField | MomentField), (model, name)
                assert isinstance(field.widget, CmsDayInput | CmsMomentInput), (model, name)
    assert seen >= 6


def test_times_are_said_by_the_clock_of_24_hours(edith):
    edith.saves(NEW, go_live_at="1/1/2031 9.30pm")
    text = edith.opens().text
    assert "Announced by itself:</span> 1 January 2031, 21:30" in text
    assert "p.m." not in text
