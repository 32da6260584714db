"""Staff answer an enquiry in the CMS, give it to each other, note on it and put it away."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from accounts.personal_data.collecting import collect
from accounts.rights.models import RightsRequest
from home.contact.models import Enquiry, EnquiryStep
from tests.making.contact import OURS, an_enquiry, an_organisation
from tests.making.people import a_person, text_of

pytestmark = pytest.mark.django_db
State, What = Enquiry.State, EnquiryStep.What


@pytest.fixture
def answerer(client, verified):
    """Somebody of the ready-made group, signed in to the CMS."""
    person = a_person("hal@example.org", first_name="Hal", last_name="Helper")
    person.groups.add(Group.objects.get(name="Enquiries"))
    client.person = person
    return verified(client, person)


@pytest.fixture
def enquiry(answerer, django_capture_on_commit_callbacks):
    an_organisation()
    with django_capture_on_commit_callbacks(execute=True):
        found = an_enquiry(type(answerer)(), words="Please send me a copy of my data, or I complain.")
    mail.outbox.clear()
    return found


def post(answerer, enquiry, deed, **fields):
    seen = {"reply-seen": enquiry.steps.order_by("pk").last().pk}
    return answerer.post(f"/cms/enquiries/{enquiry.pk}/{deed}/", seen | fields, follow=True)


def test_an_enquiry_is_answered_by_mail_and_the_story_is_told(answerer, enquiry, django_capture_on_commit_callbacks):
    assert "1 enquiry to be answered" in text_of(answerer.get("/cms/"))
    page = text_of(answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/"))
    assert "This may be a complaint" in page and "Please send me a copy" in page
    before = enquiry.last_message_at
    with django_capture_on_commit_callbacks(execute=True):
        post(answerer, enquiry, "reply", **{"reply-words": "Here is how: <ask us>."})
    (told,) = mail.outbox
    assert told.to == ["ann@example.org"] and told.reply_to == [OURS] and "Here is how: <ask us>." in told.body
    assert "> Please send me a copy" in told.body and "Auto-Submitted" not in told.extra_headers
    enquiry.refresh_from_db()
    assert enquiry.state == State.ANSWERED and enquiry.last_message_at > before
    shown = text_of(answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/"))
    assert "Answered by e-mail" in shown and "Hal Helper" in shown
    assert "to be answered" not in text_of(answerer.get("/cms/"))


def test_whoever_opens_it_is_written_down_once_a_visit_and_the_person_finds_it_in_their_data(answerer, enquiry):
    for _ in range(2):
        answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/")
    looked = enquiry.steps.filter(what=What.LOOKED)
    assert [step.by for step in looked] == [answerer.person]
    looked.update(at=looked.get().at - dt.timedelta(minutes=31))
    answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/")
    assert looked.count() == 2
    assert "Opened by our staff" in text_of(answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/"))
    rows = {kind.key: list(rows) for kind, rows in collect(a_person("ann@example.org"))}
    assert [row.values[2:5:2] for row in rows["enquiry-steps"]] == [
        ["acknowledged", "this website"], ["looked", "our staff"], ["looked", "our staff"]
    ]  # fmt: skip


def test_of_two_who_answer_at_once_the_second_is_told_and_keeps_the_words(answerer, enquiry):
    first = enquiry.steps.last().pk
    post(answerer, enquiry, "reply", **{"reply-words": "Yes."})
    late = {"reply-seen": first, "reply-words": "No, we are not."}
    answer = answerer.post(f"/cms/enquiries/{enquiry.pk}/reply/", late)
    page = answer.content.decode()
    assert "A colleague answered or closed" in page and "No, we are not." in page
    assert enquiry.steps.filter(what=What.REPLY).count() == 1
    again = page.partition('name="reply-seen" value="')[2].partition('"')[0]
    answerer.post(f"/cms/enquiries/{enquiry.pk}/reply/", late | {"reply-seen": again})
    assert enquiry.steps.filter(what=What.REPLY).count() == 2


def test_it_is_given_noted_on_closed_and_opened_again(answerer, enquiry):
    post(answerer, enquiry, "assign", **{"assign-to": answerer.person.pk})
    post(answerer, enquiry, "note", **{"note-words": "Rang her."})
    post(answerer, enquiry, "note", **{"note-words": " "})
    post(answerer, enquiry, "close")
    post(answerer, enquiry, "close")
    post(answerer, enquiry, "open")
    enquiry.refresh_from_db()
    assert (enquiry.assigned_to, enquiry.state) == (answerer.person, State.NEW)
    done = [What.ACKNOWLEDGED, What.ASSIGNED, What.NOTE, What.CLOSED, What.OPENED]
    assert [step.what for step in enquiry.steps.exclude(what=What.LOOKED)] == done
    outsider = a_person("not.of.the.desk@example.org")
    page = post(answerer, enquiry, "assign", **{"assign-to": outsider.pk})
    assert "valid choice" in page.content.decode() and Enquiry.objects.get().assigned_to == answerer.person


def test_only_who_may_sees_and_answers(client, enquiry, verified):
    editor = a_person("editor.only@example.org")
    editor.groups.add(Group.objects.get(name="Policy editors"))
    browser = verified(type(client)(), editor)
    assert "Enquiries" not in text_of(browser.get("/cms/"))
    for deed in ("", "reply/", "note/", "assign/", "close/"):
        address = f"/cms/enquiries/{enquiry.pk}/{deed}" if deed else f"/cms/enquiries/inspect/{enquiry.pk}/"
        answer = browser.post(address, {"reply-words": "x"}) if deed else browser.get(address)
        assert answer.status_code == 302 and answer.headers["Location"] == "/cms/", address
    assert enquiry.steps.count() == 1


def test_the_list_is_searched_and_filtered(answerer, enquiry):
    found = answerer.get("/cms/enquiries/?q=copy&state=new").content.decode()
    assert enquiry.reference in found and "ann@example.org" not in found.partition("Ann")[0]
    assert enquiry.reference not in answerer.get("/cms/enquiries/?state=closed").content.decode()


def test_an_enquiry_becomes_a_complaint_from_the_day_on_which_it_came(answerer, enquiry, today):
    before = dt.datetime(2026, 5, 1, 23, 30, tzinfo=dt.UTC)  # in London it is the 2nd
    Enquiry.objects.filter(pk=enquiry.pk).update(received_at=before)
    page = post(answerer, enquiry, "turn", **{"turn-kind": "complaint"})
    again = post(answerer, enquiry, "turn", **{"turn-kind": "access"})
    request = RightsRequest.objects.get()
    assert (request.kind, request.received_on, request.channel) == ("complaint", dt.date(2026, 5, 2), "form")
    assert (request.address, request.details, request.state) == (enquiry.address, enquiry.words, "received")
    assert request.reference in text_of(page) and "received on 2 May 2026" in text_of(again)
    enquiry.refresh_from_db()
    assert (enquiry.request, enquiry.state) == (request, State.TURNED)
    assert enquiry.steps.filter(what=What.TURNED).count() == 1
    post(answerer, enquiry, "close")
    assert Enquiry.objects.get().state == State.TURNED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("I want to complain.", "a complaint about how data is used"),
        ("I have written to the ICO.", "a complaint about how data is used"),
        ("The Information Commission shall know of it.", "a complaint about how data is used"),
        ("This is a subject access request.", "a request for a copy of data"),
        ("What information do you hold about me?", "a request for a copy of data"),
        ("Delete all my e-mails, please.", "a request to erase data"),
        ("Stop sending me offers.", "an objection, or a wish that marketing stops"),
        ("My name is wrong on your letter.", "a request to correct data"),
        ("When are you open? My colleague likes the ICONS on your page.", ""),
    ],
)
def test_what_a_message_may_be_is_pointed_out_with_the_day_from_which_the_law_counts(answerer, enquiry, words, said):
    Enquiry.objects.filter(pk=enquiry.pk).update(words=words, received_at=dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC))
    page = text_of(answerer.get(f"/cms/enquiries/inspect/{enquiry.pk}/"))
    hint = f"This may be {said}. The law counts its days from 1 May 2026, whatever way it came."
    assert (hint in page) if said else ("This may be" not in page)
