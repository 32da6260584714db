"""Just in time: beside every field stands why it is asked, how long it is kept and who sees it, out of the register."""

from dataclasses import replace

import pytest
from django.forms import BaseForm
from django.urls import reverse

from accounts.personal_data.just_in_time import line_for, told_of
from accounts.personal_data.register import REGISTER, Column, Retention
from tests.making.fields import addresses_without_arguments, fields_of, fields_without_a_line
from tests.making.people import a_person, an_app

OURS = ("accounts", "home", "policies")
# On these rooms' forms staff write down their work; what they enter about others is told by the people's own pages.
OF_STAFF = (
    "accounts.cms.",
    "accounts.rights.desk.",
    "home.contact.cms",
    "home.pictures.",
    "policies.desk.",
    "policies.writing.",
)
OF_OUTSIDERS = {"policies.desk.approving.outsiders.forms.AnswerForm"}


def forms_of_ours(above=BaseForm):
    for form in above.__subclasses__():
        path = f"{form.__module__}.{form.__qualname__}"
        if path.startswith(OURS) and (path in OF_OUTSIDERS or not path.startswith(OF_STAFF)):
            yield form
        yield from forms_of_ours(form)


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


@pytest.mark.parametrize("page", ["/account/signup/", "/account/login/"])
def test_nobody_is_said_to_see_a_password(client, db, page):
    html = client.get(page).content.decode()
    line = html.split('_told">', 2)[2].partition("</p>")[0]
    assert "Seen by: nobody else." in line or line == "Compared, and not kept."
