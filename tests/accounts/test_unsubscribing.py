"""Unsubscribing by the link in a mail (RFC 8058): no sign-in, no cookie, looking never acts, there is a way back."""

import datetime as dt
import re

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from accounts.flows.consents import agree, choices_of, wording_of
from accounts.flows.preferences import choose_policy_mail, policy_mail_of
from accounts.flows.recipients import people, wants
from accounts.flows.unsubscribe_links import MARKETING, POLICY_MAIL, masked, unsubscribe_token, way_back_token
from accounts.models import ConsentRecord, MailChoice, MailPreference
from tests.making.people import a_person, text_of

PolicyMail = MailPreference.PolicyMail
Purpose = ConsentRecord.Purpose
Where = MailChoice.Where
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser():
    """A browser that never was here, on a site that checks for forged requests."""
    return Client(enforce_csrf_checks=True)


def link_to(person, purpose=POLICY_MAIL):
    return f"/account/unsubscribe/{unsubscribe_token(person.pk, purpose)}/"


def form_of(page):
    """The only form of the page's main part: where it goes to, and what it sends."""
    main = page.content.decode().split("<main", 1)[1].split("</main>")[0]
    (action,) = re.findall(r'<form [^>]*action="([^"]+)"', main)
    return action, dict(re.findall(r'name="([^"]+)" value="([^"]*)"', main))


def press(browser, page):
    return browser.post(*form_of(page))


def agreed_to_marketing(person):
    agree(person, Purpose.MARKETING_BY_EMAIL, 1, Where.PREFERENCES)


def gets_marketing(person):
    return any(choice.given for choice in choices_of(person) if choice.purpose == Purpose.MARKETING_BY_EMAIL)


def test_the_link_asks_and_the_button_does_it(browser, ann):
    asked = browser.get(link_to(ann))
    assert "Shall we stop sending mail about changes of our policies to a…@example.org ?" in text_of(asked)
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS
    done = press(browser, asked)
    assert done.status_code == 200
    assert "You are unsubscribed We send no more mail about changes of our policies to a…@example.org" in text_of(done)
    assert policy_mail_of(ann) == PolicyMail.NONE
    assert not people().filter(wants(amendment=True)).exists()
    assert ann.mail_choices.get().where == Where.UNSUBSCRIBING


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_the_button_acts(browser, ann, method):
    getattr(browser, method)(link_to(ann))
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS
    assert not MailChoice.objects.exists()


@pytest.mark.parametrize("multipart", [True, False])
def test_a_mail_programs_own_button_is_answered_at_once_and_not_sent_elsewhere(browser, ann, multipart):
    body = (
        {"data": ONE_CLICK}
        if multipart
        else {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
    )
    done = browser.post(link_to(ann), **body)
    assert (done.status_code, done.content) == (200, b"You are unsubscribed.\n")
    assert not done.cookies
    assert policy_mail_of(ann) == PolicyMail.NONE
    assert ann.mail_choices.get().where == Where.MAIL_PROGRAM


def test_doing_it_twice_is_doing_it_once(browser, ann):
    for _ in range(2):
        assert browser.post(link_to(ann), ONE_CLICK).status_code == 200
    assert ann.mail_choices.count() == 1


@pytest.mark.parametrize("before", [None, PolicyMail.EVERY, PolicyMail.AMENDMENTS])
def test_the_way_back_restores_what_was_chosen_before(browser, ann, before):
    if before:
        choose_policy_mail(ann, before)
    back = press(browser, press(browser, browser.get(link_to(ann))))
    assert "You get it again" in text_of(back)
    assert policy_mail_of(ann) == (before or PolicyMail.AMENDMENTS)


def test_who_unsubscribed_by_the_mail_program_finds_the_way_back_under_the_link(browser, ann):
    browser.post(link_to(ann), ONE_CLICK)
    page = browser.get(link_to(ann))
    assert "You are unsubscribed" in text_of(page)
    press(browser, page)
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS


def test_looking_at_the_way_back_does_nothing_and_going_it_twice_is_going_it_once(browser, ann):
    action, data = form_of(press(browser, browser.get(link_to(ann))))
    browser.get(action)
    browser.head(action)
    assert policy_mail_of(ann) == PolicyMail.NONE
    for _ in range(2):
        browser.post(action, data)
    assert list(ann.mail_choices.values_list("policy_mail", flat=True)) == ["amendments", "none"]


def test_the_way_back_is_open_for_a_day_and_no_other_link_leads_there(browser, ann, freezer):
    action, data = form_of(press(browser, browser.get(link_to(ann))))
    forged = action.rsplit("/", 2)[0] + "/" + unsubscribe_token(ann.pk, POLICY_MAIL) + "/"
    assert browser.post(forged, data).status_code == 404
    freezer.tick(dt.timedelta(days=1, seconds=1))
    assert browser.post(action, data).status_code == 404
    assert policy_mail_of(ann) == PolicyMail.NONE


def test_marketing_by_e_mail_is_taken_back_and_provably(browser, ann):
    agreed_to_marketing(ann)
    asked = browser.get(link_to(ann, MARKETING))
    assert "Shall we stop sending news and offers by e-mail to a…@example.org ?" in text_of(asked)
    press(browser, asked)
    assert not gets_marketing(ann)
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS
    newest = ann.consent_records.first()
    assert (newest.given, newest.where) == (False, Where.UNSUBSCRIBING)


def test_the_way_back_to_marketing_shows_the_words_and_records_them(browser, ann):
    agreed_to_marketing(ann)
    page = press(browser, browser.get(link_to(ann, MARKETING)))
    assert f"“{wording_of(Purpose.MARKETING_BY_EMAIL).text}”" in text_of(page)
    press(browser, page)
    assert gets_marketing(ann)
    assert ann.consent_records.first().wording == wording_of(Purpose.MARKETING_BY_EMAIL).text


@pytest.mark.parametrize("version", ["2", "", "²", "x"])
def test_other_words_than_were_shown_are_not_agreed_to(browser, ann, version):
    agreed_to_marketing(ann)
    action, _ = form_of(press(browser, browser.get(link_to(ann, MARKETING))))
    page = browser.post(action, {"version": version})
    assert "The words were changed" in text_of(page)
    assert not gets_marketing(ann)


def test_who_never_agreed_to_marketing_is_not_asked_to(browser, ann):
    page = browser.post(link_to(ann, MARKETING))
    assert "You are unsubscribed" in text_of(page)
    assert "Was that a mistake?" not in text_of(page)
    assert not ConsentRecord.objects.exists()


def test_the_way_back_leads_nobody_to_what_they_never_chose(browser, ann):
    for purpose in (POLICY_MAIL, MARKETING):
        browser.post(f"/account/unsubscribe/back/{way_back_token(ann.pk, purpose)}/", {"version": "1"})
    assert not gets_marketing(ann)
    assert not MailChoice.objects.exists()


def test_a_link_is_good_for_a_year(browser, ann, freezer):
    link = link_to(ann)
    freezer.tick(dt.timedelta(days=365, seconds=-1))
    assert browser.get(link).status_code == 200
    freezer.tick(dt.timedelta(seconds=2))
    for late in (browser.get(link), browser.post(link, ONE_CLICK)):
        assert late.status_code == 404
        assert "This link does not work" in text_of(late)
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS


def signed(text):
    return TimestampSigner(salt="somewhere.else").sign(text)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token, number: token[:-1],
        lambda token, number: token.replace(f"{number}:", f"{number + 1}:", 1),
        lambda token, number: token.replace(":p:", ":m:"),
        lambda token, number: "x",
        lambda token, number: ":::",
        lambda token, number: "%00",
        lambda token, number: "🦊" * 300,
        lambda token, number: signed(f"{number}:p"),
    ],
)
def test_a_link_that_is_not_whole_says_so_and_leads_to_the_preferences(browser, ann, spoil):
    link = f"/account/unsubscribe/{spoil(unsubscribe_token(ann.pk, POLICY_MAIL), ann.pk)}/"
    for page in (browser.get(link), browser.post(link, ONE_CLICK)):
        assert page.status_code == 404
        assert "This link does not work" in text_of(page)
        assert 'href="/account/preferences/"' in page.content.decode()
    assert policy_mail_of(ann) == PolicyMail.AMENDMENTS


def test_the_link_of_somebody_who_is_gone_says_that_it_does_not_work(browser, ann):
    link = link_to(ann)
    ann.delete()
    assert browser.post(link, ONE_CLICK).status_code == 404


def test_who_is_signed_in_as_somebody_else_acts_for_the_person_of_the_link(signed_in, ann):
    bob = a_person("bob@example.org")
    page = signed_in.post(link_to(bob))
    assert "b…@example.org" in text_of(page)
    assert (policy_mail_of(bob), policy_mail_of(ann)) == (PolicyMail.NONE, PolicyMail.AMENDMENTS)


def test_the_page_tells_a_finder_little_sets_no_cookie_and_is_kept_nowhere(browser, ann):
    for page in (browser.get(link_to(ann)), browser.post(link_to(ann))):
        html = page.content.decode()
        assert "ann@example.org" not in html
        assert "Archer" not in html
        assert not page.cookies
        assert "no-store" in page["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in html


def test_the_page_says_what_comes_anyway(browser, ann, monkeypatch):
    monkeypatch.setattr("accounts.flows.preferences_notes._makers", [lambda person: ["The terms always come."]])
    assert "The terms always come." in text_of(browser.get(link_to(ann)))
    assert "The terms always come." in text_of(browser.post(link_to(ann)))


def test_tokens_need_no_escaping_in_a_mail_or_an_address_and_fit_into_a_line():
    for purpose in (POLICY_MAIL, MARKETING):
        assert re.fullmatch(r"[A-Za-z0-9:_-]{1,75}", unsubscribe_token(2**63 - 1, purpose))


def test_there_is_no_link_for_what_cannot_be_unsubscribed():
    with pytest.raises(ValueError, match="Choose one of marketing_by_email, policy_mail"):
        unsubscribe_token(1, "security")


@pytest.mark.parametrize(
    ("address", "shown"), [("ann@example.org", "a…@example.org"), ("a@b.example", "a…@b.example"), ("", "…@")]
)
def test_addresses_are_masked(address, shown):
    assert masked(address) == shown
