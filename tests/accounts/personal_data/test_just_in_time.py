"""Just in time: beside every field stands why it is asked, how long it is kept and who sees it, out of the register."""

from dataclasses import replace

import pytest
from django.forms import BaseForm
from django.urls import reverse

from accounts.personal_data.just_in_time import line_for, told_of
from accounts.personal_data.register import REGISTER, Column, Retention
from accounts.rights.models import Kind, RecipientTask
from tests.making.contact import an_enquiry, an_organisation
from tests.making.fields import addresses_without_arguments, fields_of, fields_without_a_line
from tests.making.people import a_person, an_app
from tests.making.rights import a_request
from tests.making.staff import a_member_of_staff
from tests.making.work import calls_of

OURS = ("accounts", "home", "policies")
# On these rooms' forms staff write policies and what is done with them, and nothing about anybody.
OF_POLICIES = ("home.pictures.", "policies.desk.", "policies.writing.")
OF_OUTSIDERS = "policies.desk.approving.outsiders."


def forms_of_ours(above=BaseForm):
    for form in above.__subclasses__():
        path = f"{form.__module__}.{form.__qualname__}"
        if path.startswith(OURS) and (path.startswith(OF_OUTSIDERS) or not path.startswith(OF_POLICIES)):
            yield form
        yield from forms_of_ours(form)


def forms_in(context):
    """The forms that a page was made with."""
    layers = (layer for one in context for layer in one.dicts)
    return [value for layer in layers for value in layer.values() if isinstance(value, BaseForm)]


def test_no_form_of_ours_has_a_field_without_its_line(db):
    silent = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in forms_of_ours()
        for name in form.base_fields
        if not line_for(form, name)
    }
    assert not silent


def test_no_page_asks_for_anything_without_saying_why(client, privacy, verified):
    person, asked = a_person(), set()
    an_app(person)
    pages = [*addresses_without_arguments(), reverse("policies:verify", args=["privacy"])]
    for browser in (client, verified(type(client)(), person)):
        for address in pages:
            answer = browser.get(address)
            if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
                html = answer.content.decode()
                assert fields_without_a_line(html) == [], address
                asked |= set(fields_of(html))
    assert {"email", "password", "postal_address", "policy_mail", "text"} <= asked


def test_the_line_is_the_registers_and_changes_with_it(client, db, monkeypatch):
    client.force_login(a_person())
    assert told_of("account.phone") in client.get("/account/details/").content.decode()
    plain = (Column("phone", "Your number"),)
    other = replace(REGISTER.declared["account"], why="For a test.", columns=plain)
    monkeypatch.setitem(
        REGISTER.declared,
        "account",
        replace(other, receivers=("The editors", "Somebody"), retention=Retention("For ever", enforced_by="us")),
    )
    page = client.get("/account/details/").content.decode()
    assert "For a test. Kept: for ever. Seen by: the editors; somebody." in page


def test_pages_on_which_staff_write_about_people_say_it_beneath(client, verified):
    ann = a_person()
    desk = verified(client, a_member_of_staff("superuser"))
    correction = a_request(Kind.CORRECTION, person=ann, channel="account")
    access, erasure = a_request(person=ann), a_request(Kind.ERASURE)
    an_organisation()
    enquiry = an_enquiry(type(client)())
    task = RecipientTask.objects.create(request=correction, recipient="The printer", what="Your name")
    case = "/cms/data-protection"
    pages = [
        *(f"{case}/{one.pk}/decide/" for one in (access, correction, erasure)),
        *(f"{case}/{access.pk}/{deed}/" for deed in ("message", "identity", "assign", "day", "note")),
        f"{case}/new/",
        f"{case}/{correction.pk}/recipients/{task.pk}/",
        f"/cms/enquiries/inspect/{enquiry.pk}/",
        f"/cms/users/edit/{ann.pk}/",
        "/cms/users/new/",
    ]
    asked = set()
    for address in pages:
        answer = desk.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        for form in forms_in(answer.context):
            shown = [field for field in form if not field.is_hidden and f'name="{field.html_name}"' in html]
            assert [field.name for field in shown if f'class="told" id="{field.auto_id}_told"' not in html] == []
        silent = fields_without_a_line(html)
        assert not {"details", "name", "first_name"} & {*silent}, (address, silent)
        asked |= set(fields_of(html))
    assert {"words", "searched", "first_name", "received_on", "note", "reply-words", "turn-kind", "groups"} <= asked


@pytest.mark.parametrize("page", ["/account/signup/", "/account/login/"])
def test_nobody_is_said_to_see_a_password(client, db, page):
    html = client.get(page).content.decode()
    line = html.split('_told">', 2)[2].partition("</p>")[0]
    assert "Seen by: nobody else." in line or line == "Compared, and not kept."


def test_the_line_of_a_field_is_put_together_once_for_each_page(client, db):
    told = client.get("/contact/").content.count(b'class="told"')
    kept_nowhere = 1  # its line is the form's own
    assert calls_of(lambda: client.get("/contact/"), told_of) == told - kept_nowhere
