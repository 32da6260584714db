"""At sign-up each policy that asks for acceptance is a box of its own, unticked, with the text in force behind it."""

import datetime as dt

import pytest
from django.core.cache import cache

from accounts.models import ConsentRecord, MailPreference, User
from policies.notices.models import Answer
from tests.making.people import PASSWORD, a_person, mails_to, text_of
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import put, row
from tests.policies.notices.agreeing.people import answers, version

SIGN_UP = "/account/signup/"
NEW = {"email": "new@example.org", "password1": PASSWORD}


def boxes(client) -> dict[str, str]:
    form = client.get(SIGN_UP).context["form"]
    return {name: form.fields[name].label for name in form.fields if name.startswith(("accept_", "age_"))}


def ticked(client, **but) -> dict[str, str]:
    return NEW | dict.fromkeys(boxes(client), "on") | but


def test_where_nothing_asks_for_acceptance_there_is_no_box(client, privacy):
    assert boxes(client) == {}
    client.post(SIGN_UP, NEW)
    assert User.objects.filter(email="new@example.org").exists()
    assert not Answer.objects.exists()


def test_each_policy_has_its_box_with_the_text_in_force_and_so_has_the_age(client, terms):
    page = a_draft(a_document("rules apply", title="House rules"), "rules")
    put(page, row(1, dt.date(2026, 1, 1), document=a_document("rules", title="House rules"), asks_for="acceptance"))
    page = a_draft(a_document("read me", title="Read me"), "read")
    put(page, row(1, dt.date(2026, 1, 1), asks_for="acknowledgement", asks_anew=True))
    cache.clear()
    found = list(boxes(client).values())
    assert found == [
        'I accept “<a href="/policies/rules/versions/1.0/" target="_blank" rel="noopener">House rules</a>”, '
        "version 1.0, in force since 1 January 2026",
        'I accept “<a href="/policies/terms/versions/2.0/" target="_blank" rel="noopener">Terms of use</a>”, '
        "version 2.0, in force since 10 June 2026",
        "I am 16 or older",
    ]


def test_no_box_is_ticked_and_none_of_them_is_about_anything_else(client, terms):
    html = client.get(SIGN_UP).content.decode()
    assert html.count('type="checkbox"') == 2
    assert "checked" not in html
    assert "news" not in html.lower().partition("<main")[2].partition("</main")[0]


def test_what_was_ticked_is_kept_with_the_account(client, terms):
    client.post(SIGN_UP, ticked(client))
    person = User.objects.get(email="new@example.org")
    given = Answer.objects.get(person=person)
    assert given.version == version("2.0")
    assert (given.kind, given.where, given.age_stated) == ("accepted", "sign-up", 16)
    expected = "I accept “Terms of use”, version 2.0, in force since 10 June 2026. I am 16 or older"
    assert given.wording == expected
    assert not ConsentRecord.objects.exists()
    assert not MailPreference.objects.exists()


@pytest.mark.parametrize("left", ["accept_", "age_"])
def test_without_each_tick_there_is_no_account(client, terms, left):
    data = {name: value for name, value in ticked(client).items() if not name.startswith(left)}
    page = client.post(SIGN_UP, data)
    assert page.status_code == 200
    assert "There is a problem" in text_of(page)
    assert ("tick this to open an account" if left == "accept_" else "people of 16 or older") in text_of(page)
    assert page.content.decode().count('<a href="#id_') == 1, "the list of errors links to the box"
    assert not User.objects.exists()


def test_a_tick_for_the_version_of_before_counts_for_nothing(client, terms):
    data = ticked(client)
    announce(terms, a_document("terms are new", title="Terms of use"))
    page = client.post(SIGN_UP, data)
    assert "tick this to open an account" in text_of(page)
    assert "version 3.0" in text_of(page)
    assert not User.objects.exists()
    client.post(SIGN_UP, ticked(client))
    assert answers(User.objects.get()) == [("3.0", "accepted")]


def test_who_has_an_account_already_gets_the_same_page_and_agrees_to_nothing(client, terms):
    ann = a_person()
    page = client.post(SIGN_UP, ticked(client, email=ann.email), follow=True)
    new = client.post(SIGN_UP, ticked(client), follow=True)
    assert text_of(page).replace(ann.email, "new@example.org") == text_of(new)
    assert mails_to(ann.email)
    assert answers(ann) == []


def test_an_account_and_its_answers_are_made_together_or_not_at_all(client, terms, monkeypatch):
    data = ticked(client)
    monkeypatch.setattr(Answer.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(SIGN_UP, data)
    assert not User.objects.exists()


def test_the_page_leads_to_what_is_done_with_what_people_tell(client, terms, privacy):
    html = client.get(SIGN_UP).content.decode().partition("<footer")[0]
    assert 'What we do with what you tell us: <a href="/policies/privacy/"' in html
    assert 'href="/policies/terms/"' not in html


def test_whoever_accepted_at_sign_up_is_not_asked_again(client, terms):
    client.post(SIGN_UP, ticked(client))
    client.force_login(User.objects.get())
    assert client.get("/account/").status_code == 200
