"""Somebody asks something with the form on the contact page; it is kept, acknowledged, and never lost on the way."""

import datetime as dt
from html import unescape

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.personal_data.retention import enforce_retention
from home.contact import guarding
from home.contact.guarding import Stamp
from home.contact.models import ContactPage, Enquiry, EnquiryStep
from home.operations.housekeeping import keep_house, what_is_due
from tests.making.contact import ADDRESS, OURS, a_form, an_enquiry, an_organisation
from tests.making.people import a_person, text_of

pytestmark = pytest.mark.django_db
State, Mail = Enquiry.State, EnquiryStep.Mail


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_enquiry_is_kept_and_acknowledged_without_a_word_of_it(client, commits):
    an_organisation()
    with commits():
        enquiry = an_enquiry(client, words="Buy https://spam.example now", name="Ann")
    assert (enquiry.address, enquiry.state, enquiry.person) == ("ann@example.org", State.NEW, None)
    (told,) = mail.outbox
    assert told.to == ["ann@example.org"] and told.reply_to == [OURS] and enquiry.reference in told.subject
    assert told.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "spam" not in told.body, "or anybody could have us write anything to anybody"
    assert enquiry.steps.get().mail == Mail.SENT


def test_the_page_after_it_names_the_reference_and_the_form_sent_twice_is_one_enquiry(client):
    first = client.post("/contact/", a_form(), follow=True)
    again = client.post("/contact/", a_form(), follow=True)
    enquiry = Enquiry.objects.get()
    assert enquiry.reference in text_of(first) and enquiry.reference in text_of(again)
    assert "ann@example.org" not in first.content.decode()
    assert client.get("/contact/sent/E-AAAAAA:forged/").status_code == 404


def test_ask_about_this_change_fills_in_the_policy_and_the_version(client, history):
    for page in ("versions/2.0/", "compare/1.0/2.0/"):
        link = "/contact/?policy=privacy&amp;version=2.0"
        assert link in client.get(f"/policies/privacy/{page}").content.decode(), page
    form = client.get("/contact/?policy=privacy&version=2.0").content.decode()
    assert '<option value="privacy 2.0" selected>' in form and 'value="policy"' in form
    enquiry = an_enquiry(client, about="policy", version="privacy 2.0")
    assert str(enquiry.version.number) == "2.0"
    assert client.get("/contact/?policy=x%00&version=1.0.9").status_code == 200


def test_who_is_signed_in_need_not_say_who_they_are(client):
    person = a_person(first_name="Ann", last_name="Archer")
    client.force_login(person)
    form = client.get("/contact/").content.decode()
    assert 'value="Ann Archer"' in form and 'value="ann&#64;example.org"' in form
    assert an_enquiry(client).person == person


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"website": "https://x.example"}, guarding.NOT_EMPTY),
        ({"stamp": ""}, guarding.TOO_LATE),
        ({"stamp": "forged"}, guarding.TOO_LATE),
        ({"words": "a https://a www.b http://c [url=d] e"}, "more than 3 links"),
        ({"email": "ann at home"}, "There is a problem"),
        ({"words": ""}, "Write what you would like to know"),
        ({"words": "x" * 10_001}, "There is a problem"),
        ({"version": "privacy 9.9"}, "There is a problem"),
    ],
)
def test_what_is_refused_is_said_in_words_and_still_stands_in_the_form(client, changes, said):
    answer = client.post("/contact/", a_form(**changes))
    page = unescape(answer.content.decode())
    assert str(said) in page and "There is a problem" in page
    form = a_form(**changes)
    assert form["words"][:50] in page and f'value="{form["email"]}"' in page and 'value="Ann"' in page
    assert f'value="{OURS}"' not in page and not ADDRESS.findall(answer.content.decode().partition("<form")[0])
    assert not Enquiry.objects.exists() and not mail.outbox


def test_a_form_that_came_back_too_soon_or_too_late_needs_one_more_press(client):
    now = timezone.now()
    soon = a_form(stamp=str(Stamp("soon", now)))
    assert str(guarding.TOO_QUICK) in text_of(client.post("/contact/", soon))
    late = client.post("/contact/", a_form(stamp=str(Stamp("late", now - dt.timedelta(days=2)))))
    assert str(guarding.TOO_LATE) in text_of(late)
    fresh = late.content.decode().partition('name="stamp" value="')[2].partition('"')[0]
    assert guarding.read_stamp(fresh).at >= now - dt.timedelta(seconds=1)


def test_too_many_from_one_address_are_told_to_wait_and_keep_their_words(client):
    for number in range(3):
        an_enquiry(client, stamp=str(Stamp(f"key{number}", timezone.now() - dt.timedelta(minutes=1))))
    stamp = Stamp("x", timezone.now() - dt.timedelta(minutes=1))
    answer = client.post("/contact/", a_form(words="And one thing more", stamp=str(stamp)))
    assert answer.status_code == 429 and "And one thing more" in answer.content.decode()
    assert str(guarding.TOO_MANY) in text_of(answer) and Enquiry.objects.count() == 3


def test_no_mail_is_lost_while_the_mail_server_is_away(client, commits, monkeypatch):
    taken = EmailBackend.send_messages

    def away(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    with commits():
        enquiry = an_enquiry(client)
    assert enquiry.steps.get().mail == Mail.DUE and not mail.outbox
    monkeypatch.setattr(EmailBackend, "send_messages", taken)
    EnquiryStep.objects.update(due_at=timezone.now())
    assert what_is_due()["mails about enquiries"] == 1
    keep_house()
    keep_house()
    assert len(mail.outbox) == 1 and enquiry.steps.get().mail == Mail.SENT


def test_a_mail_that_cannot_be_sent_for_days_is_given_up_and_shown(client, commits, monkeypatch, cms):
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: 1 / 0)
    enquiry = an_enquiry(client)
    EnquiryStep.objects.update(due_at=timezone.now(), at=timezone.now() - dt.timedelta(days=4))
    keep_house()
    assert enquiry.steps.get().mail == Mail.GIVEN_UP
    assert "could not be sent" in cms.get(f"/cms/enquiries/inspect/{enquiry.pk}/").content.decode()


def test_an_enquiry_is_deleted_two_years_after_the_last_message_with_all_that_was_done(client):
    kept, gone = an_enquiry(client), an_enquiry(client, stamp=str(Stamp("b", timezone.now() - dt.timedelta(hours=1))))
    assert kept != gone
    long_ago = timezone.now() - dt.timedelta(days=731)
    Enquiry.objects.filter(pk=gone.pk).update(received_at=long_ago, last_message_at=long_ago)
    Enquiry.objects.filter(pk=kept.pk).update(received_at=long_ago)
    enforce_retention()
    assert list(Enquiry.objects.all()) == [kept] and EnquiryStep.objects.count() == 1


def test_the_contact_page_is_there_whatever_becomes_of_its_words(client, cms):
    an_organisation()
    page = ContactPage.objects.get()
    page.title, page.introduction, page.slug = "Reach us", "We answer within three days.", "elsewhere"
    page.save_revision().publish()
    assert ContactPage.objects.get().slug == "contact"
    shown = text_of(client.get("/contact/"))
    assert "Reach us" in shown and "We answer within three days." in shown and "1 High Street" in shown
    assert "We answer within" in cms.get(f"/cms/pages/{page.pk}/view_draft/").content.decode()
    page.delete()
    answer = client.get("/contact/")
    assert "How to reach us" in text_of(answer) and 'href="/data-rights/"' in answer.content.decode()
