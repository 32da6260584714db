"""One form, two doors: what anybody asks is confirmed by mail first, and nobody learns who has an account."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.flows.consents import WORDINGS, Where, agree, choices_of, wording_of
from accounts.personal_data.retention import enforce_retention
from accounts.rights.asking import Asked, open_request
from accounts.rights.mails.links import CONFIRMING, FOLLOWING
from accounts.rights.models import Channel, DueMail, File, Kind, RightsRequest, State
from accounts.rights.models.files import private_storage
from accounts.rights.moves import By, IllegalMove, withdraw
from tests.making.choices import the_site_chooses
from tests.making.people import a_person, mails_to, sign_in, text_of
from tests.making.rights import a_file, confirmed_stranger, filled_in, post_goes_out, rights_link_in, staff_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """A browser that never was here, on a site that checks for forged requests."""
    return Client(enforce_csrf_checks=True)


def test_a_stranger_asks_confirms_and_follows_and_nothing_is_done_before(client, browser):
    page = client.get("/data-rights/")
    assert "Download your data" in text_of(page).partition("Your request or complaint")[0]
    assert client.post("/data-rights/", filled_in("complaint"))["Location"] == "/data-rights/sent/"
    request = RightsRequest.objects.get()
    assert (request.state, request.acknowledged_on) == (State.UNCONFIRMED, None)
    assert post_goes_out() == {"sent": 1}
    (asked,) = mail.outbox
    assert (asked.to, asked.subject) == (["olive@example.org"], "Confirm your address")
    assert "complaint" not in asked.body and "Olive" not in asked.body
    link = rights_link_in(asked)
    assert "Was that you?" in text_of(browser.get(link))  # looking never acts
    assert RightsRequest.objects.get().state == State.UNCONFIRMED
    followed = browser.post(link)
    request.refresh_from_db()
    assert (request.state, request.acknowledged_on) == (State.RECEIVED, request.received_on)
    shown = text_of(browser.get(followed["Location"]))
    assert "Your address is confirmed" in shown
    assert "the next news of your complaint is due on" in shown.replace("The next", "the next")
    assert "All of it, please" in shown
    assert not browser.cookies
    post_goes_out()
    (received,) = [one for one in mails_to("olive@example.org") if one.subject.startswith("We have your complaint")]
    assert text_of(browser.get(rights_link_in(received))).count(request.reference)
    assert [line.what for line in request.story.all()] == ["opened", "confirmed", "acknowledged", "letter"]


def test_a_token_used_twice_or_of_another_request_says_so_in_words(client):
    page = confirmed_stranger(client)
    request = RightsRequest.objects.get()
    again = client.post(f"/data-rights/confirm/{CONFIRMING.token(request)}/")
    assert "This link was used already" in text_of(again)
    assert request.story.filter(what="confirmed").count() == 1
    for wrong in (FOLLOWING.token(request), "nonsense", CONFIRMING.token(request)[:-1]):
        assert client.get(f"/data-rights/confirm/{wrong}/").status_code == 404
    for wrong in (
        CONFIRMING.token(request),
        FOLLOWING.token(request).replace(f"{request.pk}-", f"{request.pk + 1}-", 1),
    ):
        found = client.get(f"/data-rights/follow/{wrong}/")
        assert (found.status_code, "This link does not work" in text_of(found)) == (404, True)
    RightsRequest.objects.update(address="other@example.org")
    assert client.get(page).status_code == 404  # it was sent to another address


def test_links_end_and_a_new_one_goes_to_the_address_only(client, freezer):
    page = confirmed_stranger(client)
    link = rights_link_in(mails_to("olive@example.org")[0])
    freezer.tick(dt.timedelta(days=31))
    ended = client.get(page)
    assert (ended.status_code, "Send me a new link" in text_of(ended)) == (410, True)
    before = len(mail.outbox)
    sent = client.post(f"{page}again/")
    post_goes_out()
    assert "/follow/" not in sent.content.decode()
    (new,) = mail.outbox[before:]
    assert new.to == ["olive@example.org"]
    assert client.get(rights_link_in(new)).status_code == 200
    assert client.get(link).status_code == 410


def test_nobody_learns_who_has_an_account(client, browser):
    a_person("olive@example.org")
    answers, queries, mails = [], [], []
    confirmed_stranger(client, address="first@example.org")  # what is asked once for all
    for address in ("olive@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = client.post("/data-rights/", filled_in(address=address), follow=True)
            post_goes_out()
        answers.append((page.redirect_chain, page.status_code, text_of(page)))
        queries.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in seen])
        (one,) = mails_to(address)
        mails.append(re.sub(r"/confirm/\S+", "", one.body) + one.subject)
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert mails[0] == mails[1]


def test_the_request_of_somebody_with_an_account_is_found_there_and_the_account_is_told(client):
    ann = a_person("ann@example.org")
    EmailAddress.objects.create(user=ann, email="ann@work.example", verified=True)
    client.post("/data-rights/", filled_in(address="Ann@Work.example"))
    post_goes_out()
    confirmed = client.post(
        rights_link_in(mails_to("Ann@work.example")[0] if mails_to("Ann@work.example") else mail.outbox[0])
    )
    assert "It is the address of an account" in text_of(confirmed)
    post_goes_out()
    assert "A request was made with an address of yours" in {one.subject for one in mails_to("ann@example.org")}
    request = RightsRequest.objects.get()
    assert request.person == ann
    by_link = client.get(f"/data-rights/follow/{FOLLOWING.token(request)}/")
    assert "this link alone opens nothing" in text_of(by_link)
    assert "All of it" not in text_of(by_link)
    sign_in(client)
    assert "All of it" in text_of(client.get(f"/account/requests/{request.reference}/"))


def test_a_signed_in_person_asks_and_who_they_are_is_not_asked_again(signed_in, ann):
    form = text_of(signed_in.get("/account/requests/new/"))
    assert "Your name" not in form and "we ask for nothing to show it" in form
    said = {"kind": "correction", "details": "My name is Archer", "once": uuid4()}
    made = signed_in.post("/account/requests/new/", said | {"attachments": [a_file()]}, follow=True)
    request = RightsRequest.objects.get()
    assert (request.person, request.state, request.channel, request.address) == (ann, "received", "account", "")
    assert "We have your request" in text_of(made) and "paper.pdf" in text_of(made)
    post_goes_out()
    assert rights_link_in(mails_to(ann.email)[-1]) == f"/account/requests/{request.reference}/"
    listed = text_of(signed_in.get("/account/requests/"))
    assert request.reference in listed and "(first date) is due on" in listed
    assert request.reference in text_of(signed_in.get("/account/"))


def test_nobody_sees_the_request_of_another(signed_in):
    other = open_request(Asked(Kind.ACCESS, person=a_person("bob@example.org")), Channel.ACCOUNT, By.person())
    for path in ("", "write/", "withdraw/", "due.ics"):
        assert signed_in.get(f"/account/requests/{other.reference}/{path}").status_code == 404
    assert signed_in.post(f"/account/requests/{other.reference}/withdraw/").status_code == 404
    assert other.reference not in text_of(signed_in.get("/account/requests/"))


def test_a_double_click_makes_one_request_and_one_mail(client, signed_in):
    same = filled_in()
    for _ in range(2):
        assert client.post("/data-rights/", same).status_code == 302
    once = {"kind": "access", "once": uuid4()}
    for _ in range(2):
        assert signed_in.post("/account/requests/new/", once).status_code == 302
    assert RightsRequest.objects.count() == 2
    assert DueMail.objects.filter(kind="confirm").count() == 1


def test_whose_address_is_not_confirmed_fills_no_disk(client):
    large = [a_file(b"%%PDF-%d" % number + b"x" * 7 * 1024 * 1024, f"{number}.pdf") for number in range(3)]
    page = client.post("/data-rights/", filled_in(attachments=large))
    assert (page.status_code, "Together they may have up to 20 MB." in text_of(page)) == (422, True)
    assert not RightsRequest.objects.exists()


def test_the_same_asked_again_is_the_same_request(client, signed_in, ann):
    for address in ("olive@example.org", "oscar@example.org", "olive@example.org"):
        client.post("/data-rights/", filled_in(address=address))
    assert DueMail.objects.filter(kind="confirm").count() == 3  # the link is sent once more
    assert RightsRequest.objects.count() == 2
    for _ in range(2):
        page = signed_in.post(
            "/account/requests/new/", {"kind": "access", "details": "All", "once": uuid4()}, follow=True
        )
    assert "You have asked this already, in the same words." in text_of(page)
    assert RightsRequest.objects.filter(person=ann).count() == 1


def test_the_day_of_receipt_is_londons_and_a_change_of_the_clocks_moves_no_date(client, freezer):
    freezer.move_to(dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC))
    confirmed_stranger(client)
    freezer.move_to(dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))  # half past midnight in London
    confirmed_stranger(client, address="oscar@example.org")
    dates = RightsRequest.objects.order_by("pk").values_list("received_on", "due_on")
    assert list(dates) == [
        (dt.date(2026, 2, 28), dt.date(2026, 3, 30)),  # the 28th is a Saturday; the clocks change on the 29th
        (dt.date(2026, 7, 1), dt.date(2026, 8, 3)),  # the 1st is a Saturday
    ]


def test_ended_requests_go_after_six_years_with_their_files(client, freezer, django_capture_on_commit_callbacks):
    confirmed_stranger(client, attachments=[a_file()])
    request, stored = RightsRequest.objects.get(), File.objects.get().file.name
    withdraw(request, By.person())
    for days, there in ((6 * 365 - 1, True), (3, False)):
        freezer.tick(dt.timedelta(days=days))
        with django_capture_on_commit_callbacks(execute=True):
            enforce_retention()
        assert (RightsRequest.objects.exists(), private_storage().exists(stored)) == (there, there)


def test_what_is_missing_is_said_and_what_was_typed_stays(client):
    page = client.post("/data-rights/", {"kind": "complaint", "address": "no address", "acting_for": "My mother"})
    said = text_of(page)
    assert page.status_code == 422
    for words in ("Say what happened, and when.", "Fill this in.", "Say what shows that you may ask for them."):
        assert words in said
    assert 'value="My mother"' in page.content.decode()
    assert not RightsRequest.objects.exists()


def test_acting_for_somebody_is_written_down_with_its_authority_and_files(client):
    page = confirmed_stranger(
        client, acting_for="May Oak", authority="Power of attorney", attachments=[a_file(name="power.pdf")]
    )
    request = RightsRequest.objects.get()
    assert (request.acting_for, request.authority) == ("May Oak", "Power of attorney")
    shown = client.get(page)
    assert "May Oak" in text_of(shown) and "power.pdf" in text_of(shown)


def test_an_objection_to_marketing_is_done_at_once_and_said(signed_in, ann):
    the_site_chooses(third_parties="Partner Ltd")
    for purpose in WORDINGS:
        agree(ann, purpose, wording_of(purpose).version, Where.PREFERENCES)
    page = signed_in.post("/account/requests/new/", {"kind": "marketing", "once": uuid4()}, follow=True)
    assert {choice.purpose.value for choice in choices_of(ann) if choice.given} == set()
    request = RightsRequest.objects.get()
    assert (request.kind, request.state, request.outcome) == ("objection", "closed", "granted")
    assert "We send no more news or offers" in text_of(page)
    assert "By an objection" in text_of(signed_in.get("/account/preferences/"))


def test_a_strangers_objection_to_marketing_stays_open_for_staff_to_look(client):
    page = confirmed_stranger(client, "marketing")
    assert RightsRequest.objects.get().state == State.RECEIVED
    assert "I object to news and offers" in text_of(client.get(page))


def test_unconfirmed_requests_expire_with_their_files_and_are_in_nobodys_data(
    client, freezer, django_capture_on_commit_callbacks
):
    ann = a_person()
    client.post("/data-rights/", filled_in(address=ann.email, attachments=[a_file()]))
    stored = File.objects.get().file.name
    sign_in(client)
    shown = text_of(client.get("/account/data/"))
    assert "Your requests and complaints" not in shown.partition("We looked, and there is")[0]
    freezer.tick(dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        enforce_retention()
    assert not RightsRequest.objects.exists()
    assert not private_storage().exists(stored)
    freezer.tick(dt.timedelta(minutes=1))


def test_too_many_forms_are_refused_by_address_whether_there_is_an_account_or_not(client):
    a_person("olive@example.org")
    for address in ("olive@example.org", "nobody@example.org"):
        statuses = [client.post("/data-rights/", filled_in(address=address)).status_code for _ in range(4)]
        assert statuses == [302, 302, 302, 429]


def test_what_staff_write_down_counts_from_its_true_day_and_never_from_a_future_one(today):
    today(dt.date(2026, 6, 10))
    desk = staff_member()
    asked = Asked(Kind.ACCESS, "By letter", name="Olive Oak", received_on=dt.date(2026, 6, 3))
    request = open_request(asked, Channel.LETTER, desk)
    assert (request.state, request.due_on, request.entered_by) == ("received", dt.date(2026, 7, 3), desk.user)
    assert request.acknowledged_on is None  # without an address our mail cannot
    with pytest.raises(IllegalMove, match="future"):
        open_request(Asked(Kind.ACCESS, received_on=dt.date(2026, 6, 11)), Channel.LETTER, desk)
