"""The profile: people see and change what is known of them, and see what was changed."""

import pytest

from accounts.menu import Link, Section, _makers, add_to_overview
from accounts.models import DetailChange, User
from tests.making.people import a_person, a_while_later, an_app, confirm_identity, link_in, mails_to, sign_in, text_of

DETAILS = {"first_name": "Ann", "last_name": "Archer", "preferred_name": "", "phone": "", "postal_address": ""}


def test_the_overview_says_who_one_is_and_how_safe(signed_in):
    page = text_of(signed_in.get("/account/"))
    for words in (
        "Hello Ann.",
        "ann@example.org",
        "Second step at sign-in Off",
        "Signed in on 1 device",
        "About amendments",
    ):
        assert words in page


def test_the_overview_says_what_needs_doing(client, db):
    person = a_person()
    sign_in(client)
    page = text_of(client.get("/account/"))
    assert "What needs doing" in page
    assert "Tell us your name" in page
    assert "Protect your account with a second step" in page
    an_app(person)
    person.first_name, person.last_name = "Ann", "Archer"
    person.save()


def test_other_apps_add_to_the_overview(signed_in):
    @add_to_overview(990)
    def a_section(user: User) -> Section:
        return Section("Policies you saw", (("Seen", "3"),), Link("See them", "accounts:overview"))

    try:
        assert "Policies you saw Seen 3 See them" in text_of(signed_in.get("/account/"))
    finally:
        del _makers[990]


def test_every_field_is_changed_and_each_change_shown(signed_in, ann):
    new = {
        "first_name": "Anna",
        "last_name": "Archer",
        "preferred_name": "Annie",
        "phone": "01462 000000",
        "postal_address": "1 High Street\nHitchin",
    }
    response = signed_in.post("/account/details/", new, follow=True)
    assert "Your details are saved." in text_of(response)
    ann.refresh_from_db()
    assert {name: getattr(ann, name) for name in new} == new | {"phone": "+441462000000"}
    assert ann.detail_changes.count() == 4
    page = text_of(response)
    assert "First name Ann Anna You" in page
    assert "Postal address – 1 High Street Hitchin You" in page
    assert "Hello Annie." in text_of(signed_in.get("/account/"))


def test_saving_the_same_changes_nothing(signed_in, ann):
    assert "Nothing was changed." in text_of(signed_in.post("/account/details/", DETAILS, follow=True))
    assert not DetailChange.objects.exists()


def test_what_is_too_long_is_told_and_nothing_lost(signed_in, ann):
    response = signed_in.post("/account/details/", DETAILS | {"phone": "1" * 51, "first_name": "Anna"})
    assert "There is a problem" in text_of(response)
    assert "<title>Error: Your details" in response.content.decode()
    assert 'value="Anna"' in response.content.decode()
    ann.refresh_from_db()
    assert ann.first_name == "Ann"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("not a phone", "This is not a telephone number"),
        ("7946 0000", "Write it with its area code"),
        ("020 7946 0000 or 07700 900123", "This is not a telephone number"),
    ],
)
def test_what_is_no_telephone_number_is_told_at_the_field_and_stays_as_it_was_typed(signed_in, ann, typed, problem):
    response = signed_in.post("/account/details/", DETAILS | {"phone": typed})
    assert problem in text_of(response)
    assert f'value="{typed}"' in response.content.decode()
    ann.refresh_from_db()
    assert (ann.phone, ann.detail_changes.count()) == ("", 0)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("+44 (0)20 7946 0000 x12", "+442079460000;ext=12", "020 7946 0000 extension 12"),
        ("0033 1 23 45 67 89", "+33123456789", "+33 1 23 45 67 89"),
    ],
)
def test_a_telephone_number_is_shown_as_people_write_it(signed_in, ann, typed, kept, shown):
    page = signed_in.post("/account/details/", DETAILS | {"phone": typed}, follow=True)
    ann.refresh_from_db()
    assert ann.phone == kept
    assert f'value="{shown}"' in page.content.decode()
    assert f"Telephone – {shown} You" in text_of(page)
    assert "Nothing was changed." in text_of(
        signed_in.post("/account/details/", DETAILS | {"phone": shown}, follow=True)
    )


def a_change(person: User, **fields) -> DetailChange:
    return DetailChange.objects.create(person=person, **{"field": "phone", "old": "not a phone", "by": person} | fields)


def take_out(client, change: DetailChange):
    return client.post(f"/account/details/changes/{change.pk}/take-out/", follow=True)


def test_a_person_takes_old_values_out_of_the_list_and_the_change_stays(signed_in, ann):
    change = a_change(ann, new="07700 900123")
    assert "not a phone" in text_of(signed_in.get("/account/details/"))
    page = text_of(take_out(signed_in, change))
    assert "The two values are taken out." in page
    assert "Telephone You took it out You took it out You" in page
    assert "not a phone" not in page
    change.refresh_from_db()
    assert (change.old, change.new, change.field, change.by) == ("", "", "phone", ann)


def test_an_e_mail_address_stays_in_the_list(signed_in, ann):
    change = a_change(ann, field="email", old="old@example.org", new="ann@example.org")
    page = signed_in.get("/account/details/")
    assert f"/changes/{change.pk}/take-out/" not in page.content.decode()
    assert "Nothing was taken out." in text_of(take_out(signed_in, change))
    assert "old@example.org" in text_of(signed_in.get("/account/details/"))


def test_nobody_takes_out_what_is_somebody_elses(signed_in, ann):
    change = a_change(a_person("bob@example.org"), by=ann)
    take_out(signed_in, change)
    change.refresh_from_db()
    assert change.old == "not a phone"


def test_looking_takes_nothing_out(signed_in, ann):
    change = a_change(ann)
    assert signed_in.get(f"/account/details/changes/{change.pk}/take-out/").status_code == 405
    change.refresh_from_db()
    assert change.old == "not a phone"


@pytest.mark.parametrize("path", ["details", "security", "data"])
def test_closing_the_account_is_found_where_people_look(signed_in, path):
    assert 'href="/account/close/"' in signed_in.get(f"/account/{path}/").content.decode()


def test_nobody_makes_themselves_an_editor_by_the_form(signed_in, ann):
    signed_in.post("/account/details/", DETAILS | {"is_superuser": "on", "email": "x@example.org", "first_name": "A"})
    ann.refresh_from_db()
    assert (ann.is_superuser, ann.email, ann.first_name) == (False, "ann@example.org", "A")


def test_names_from_people_are_shown_as_text(signed_in, ann):
    signed_in.post("/account/details/", DETAILS | {"preferred_name": "<b>Ann</b>"})
    assert "&lt;b&gt;Ann&lt;/b&gt;" in signed_in.get("/account/").content.decode()


def test_the_address_changes_when_the_new_one_is_confirmed_and_the_old_one_is_told(signed_in, ann):
    confirm_identity(signed_in)
    page = signed_in.post("/account/email/", {"email": "New@example.org", "action_add": ""}, follow=True)
    assert "Follow the link that we sent to new@example.org" in text_of(page)
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    signed_in.post(link_in(mails_to("new@example.org")[0]))
    ann.refresh_from_db()
    assert ann.email == "new@example.org"
    notice = mails_to("ann@example.org")[-1]
    assert notice.subject == "Your e-mail address was changed"
    assert "from ann@example.org to new@example.org" in notice.body
    assert "E-mail address ann@example.org new@example.org You" in text_of(signed_in.get("/account/details/"))


def test_a_change_of_address_can_be_called_off(signed_in, ann):
    confirm_identity(signed_in)
    signed_in.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    page = signed_in.post("/account/email/", {"email": "new@example.org", "action_remove": ""}, follow=True)
    assert "Not confirmed yet" not in text_of(page)
    assert ann.emailaddress_set.get().email == "ann@example.org"


def test_an_address_that_somebody_has_is_not_given_away(signed_in):
    a_person("bob@example.org")
    confirm_identity(signed_in)
    pages = []
    for address in ("bob@example.org", "nobody@example.org"):
        page = signed_in.post("/account/email/", {"email": address, "action_add": ""}, follow=True)
        pages.append(text_of(page).replace(address, "…"))
    assert pages[0] == pages[1]


def test_changing_the_address_asks_who_one_is(signed_in, ann):
    asked = a_while_later(signed_in).post("/account/email/", {"email": "new@example.org", "action_add": ""})
    assert asked.url.startswith("/account/reauthenticate/")
    assert ann.emailaddress_set.count() == 1


@pytest.mark.parametrize(
    "path", ["", "details/", "security/", "preferences/", "sessions/", "email/", "password/change/", "logout/"]
)
def test_every_page_of_the_account_has_the_menu_and_is_kept_by_no_cache(signed_in, path):
    response = signed_in.get(f"/account/{path}")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'aria-label="Your account"' in html
    assert "no-store" in response["Cache-Control"]
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    "path", ["", "details/", "security/", "preferences/", "sessions/", "email/", "password/change/"]
)
def test_no_page_of_the_account_is_for_nobody(client, db, path):
    assert client.get(f"/account/{path}").url == f"/account/login/?next=/account/{path}"
