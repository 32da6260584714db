"""What a person finds in their account of what they were told, and of what they have read."""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.flows.unsubscribe_links import POLICY_MAIL, unsubscribe_token
from accounts.personal_data.forgetting import forgetting
from policies.notices.letter.marks import read_message_id
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.models.notices import DeliveryState, NoticeKind, Reason
from policies.notices.reader.told import outcome_of
from policies.versions.announcing import withdraw
from policies.writing.models import PolicyPage
from tests.making.notices import a_notice, a_sending_notice, an_amendment
from tests.making.people import a_person, text_of
from tests.making.policies import a_document, a_draft, announce

LIST = "/account/policies/"
# The session, the person, and whether they have a second factor: three kinds of it.
QUERIES_TO_KNOW_WHO = 3
QUERIES = 5 + QUERIES_TO_KNOW_WHO
AT = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.UTC)  # 10:30 in London


@pytest.fixture
def ann(client, privacy):
    person = a_person(first_name="Ann", last_name="Archer")
    client.force_login(person)
    return person


@pytest.fixture
def notice(ann, privacy) -> AmendmentNotice:
    """Of version 2.0, on its way to Ann."""
    return a_sending_notice(privacy)


def settle(notice, state="sent", reason="", person=None, **facts):
    found = Delivery.objects.filter(notice=notice, **({"person": person} if person else {}))
    assert found.update(state=state, reason=reason, settled_at=AT, **facts)


def sent(client, notice) -> bytes:
    answer = client.get(f"{LIST}notices/{notice.pk}/eml/")
    assert answer.status_code == 200
    return answer.content


def test_it_says_what_was_sent_where_and_when(client, notice):
    settle(notice)
    page = text_of(client.get(LIST))
    assert "Privacy policy Version 2.0 Amendment" in page
    assert "Sent to ann@example.org on 1 June 2026, 10:30." in page
    assert "First opened by you Not yet" in page


def test_it_leads_to_the_notice_the_version_and_what_changed(client, notice):
    links = re.findall(r'href="([^"]+)"', client.get(LIST).content.decode())
    assert f"{LIST}notices/{notice.pk}/" in links
    assert "/policies/privacy/versions/2.0/" in links
    assert "/policies/privacy/changes/?to=2.0" in links
    client.get("/policies/privacy/changes/?to=2.0")
    links = re.findall(r'href="([^"]+)"', client.get(LIST).content.decode())
    assert "/policies/privacy/compare/1.0/2.0/" in links


def test_it_says_when_a_version_was_first_opened(client, notice):
    client.get("/policies/privacy/versions/2.0/")
    with forgetting():
        Engagement.objects.update(at=AT)
    assert "First opened by you 1 June 2026" in text_of(client.get(LIST))


def test_what_was_read_is_listed_though_nobody_was_told(client, ann):
    client.get("/policies/privacy/")
    page = text_of(client.get(LIST))
    assert "Version 1.0 First version" in page
    assert "See the notice" not in page


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        ("pending", "", "Waiting to be sent."),
        ("sending", "", "Waiting to be sent."),
        ("pending", "later", "Waiting: the mail server of ann@example.org asked us to try later."),
        ("failed", "refused", "Could not be delivered: the mail server of ann@example.org refused it."),
        ("failed", "bad-address", "Could not be delivered: no mail can be sent to ann@example.org."),
        ("failed", "gave-up", "did not take it for three days."),
        ("failed", "in-doubt", "It may not have arrived:"),
        ("unreachable", "no-address", "Not sent: you had no confirmed e-mail address."),
        ("unreachable", "bounced", "Could not be delivered: it came back from ann@example.org."),
        ("skipped", "preference", "Not sent: your preferences leave such e-mails out."),
        ("skipped", "stopped", "Not sent: we stopped this notice"),
    ],
)
def test_what_became_of_it_is_said_in_peoples_words(client, notice, state, reason, words):
    settle(notice, state, reason, reply="550 5.1.1 user unknown")
    page = client.get(LIST)
    assert words in text_of(page)
    assertNotContains(page, "550")
    asks = "check your e-mail address" in text_of(page)
    assert asks is (state in {"failed", "unreachable"} and reason != "in-doubt")


@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_has_its_words(reason):
    state = DeliveryState.PENDING if reason == Reason.LATER else DeliveryState.FAILED
    assert outcome_of(Delivery(state=state, reason=reason)) != "Not sent."


def test_each_occasion_is_named(client, notice, ann):
    settle(notice)
    reminder = AmendmentNotice.objects.create(
        version=notice.version, kind=NoticeKind.REMINDER, state="done", held_until=timezone.now()
    )
    Delivery.objects.create(notice=reminder, person=ann, address=ann.email, state="sent", settled_at=AT)
    page = text_of(client.get(LIST))
    assert page.index("Sent to ann@") < page.index("Reminder: Sent to ann@")


def test_a_notice_that_is_held_is_not_shown_yet(client, ann, privacy):
    held = a_notice(privacy)
    Delivery.objects.get_or_create(notice=held, person=ann, defaults={"address": ann.email})
    assert "We have not written to you yet" in text_of(client.get(LIST))
    assert client.get(f"{LIST}notices/{held.pk}/").status_code == 404


def test_who_was_told_nothing_is_shown_the_way_to_the_policies(client, ann):
    page = client.get(LIST)
    assertContains(page, "We have not written to you yet")
    assertContains(page, 'href="/policies/"')


def test_many_versions_are_folded_and_cost_no_more_queries(client, ann, privacy, django_assert_num_queries):
    def read_all():
        versions = list(privacy.versions.all())
        Engagement.objects.bulk_create(
            [Engagement(person=ann, version=version, kind="seen") for version in versions], ignore_conflicts=True
        )

    read_all()
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    for number in range(4):
        settle(a_sending_notice(privacy, words=f"cookies number {number}"), person=ann)
    announce(a_draft(a_document("terms apply", title="Terms of use"), "terms"))
    client.get("/policies/terms/")
    read_all()
    with django_assert_num_queries(QUERIES):
        page = client.get(LIST)
    assertContains(page, "<summary>Earlier versions", count=1)
    assert {record.slug for record in page.context["records"]} == {"privacy", "terms"}


def test_it_reads_as_it_was_sent(client, notice):
    settle(notice)
    page = text_of(client.get(f"{LIST}notices/{notice.pk}/"))
    assert "We have announced version 2.0 of our policy “Privacy policy”." in page
    assert "Clearer words." in page
    assert "Sent to ann@example.org on 1 June 2026, 10:30." in page


def test_its_lines_run_on_where_only_the_columns_had_broken_them(client, ann, privacy):
    words = (
        "We keep less of what you tell us, and we keep it for a shorter time than before, as the law now asks us to."
    )
    notice = a_sending_notice(privacy, change_summary=f"{words}\nYou need not do anything.")
    page = client.get(f"{LIST}notices/{notice.pk}/")
    assertContains(page, f'<p dir="auto">{words}</p>', html=True)
    assertContains(page, '<p dir="auto">You need not do anything.</p>', html=True)
    address = "https://testserver/policies/privacy/versions/2.0/"
    link = f'<a href="{address}" rel="nofollow">{address}</a>'
    assertContains(page, f"The new text, version 2.0:<br>{link}</p>")


def test_what_an_editor_wrote_is_text_and_never_markup(client, ann, privacy):
    notice = a_sending_notice(privacy, change_summary="<script>alert(1)</script>")
    page = client.get(f"{LIST}notices/{notice.pk}/")
    assertNotContains(page, "<script>")
    assertContains(page, "&lt;script&gt;alert(1)")


def test_the_file_is_the_mail(client, notice, ann):
    settle(notice)
    answer = client.get(f"{LIST}notices/{notice.pk}/eml/")
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == f'attachment; filename="notice-{notice.pk}.eml"'
    mail = message_from_bytes(answer.content, policy=policy.default)
    assert mail["To"] == "Ann Archer <ann@example.org>"
    assert mail["Date"].datetime == AT
    assert mail["Subject"].startswith("Privacy policy: changes from")
    assert read_message_id(mail["Message-ID"]) == Delivery.objects.get(person=ann).pk
    assert mail.get_body(("html",)) and mail.get_body(("plain",))


def test_a_copy_has_no_link_that_acts_without_signing_in(client, notice, ann):
    settle(notice)
    raw, page = sent(client, notice), client.get(f"{LIST}notices/{notice.pk}/").content
    token = unsubscribe_token(ann.pk, POLICY_MAIL)
    for shown in (raw, page):
        assert token.split(":")[-1].encode() not in shown
        assert f"{ann.pk}:{POLICY_MAIL}".encode() not in shown
        assert b"left-out-of-this-copy" in shown


def test_a_mail_to_an_address_that_cannot_be_written_to_is_shown_all_the_same(client, notice):
    settle(notice, "failed", "bad-address", address="nobody")
    assert "We have announced" in text_of(client.get(f"{LIST}notices/{notice.pk}/"))
    assert b"To: undisclosed-recipients:;" in sent(client, notice)


@pytest.mark.parametrize("tail", ["", "eml/"])
def test_somebody_elses_notice_is_not_to_be_found(client, notice, tail):
    ben = a_person("ben@example.org")
    client.force_login(ben)
    assert client.get(f"{LIST}notices/{notice.pk}/{tail}").status_code == 404
    assert "We have not written to you yet" in text_of(client.get(LIST))


@pytest.mark.parametrize("tail", ["", "eml/"])
def test_a_notice_that_is_not_there_is_not_to_be_found(client, ann, tail):
    assert client.get(f"{LIST}notices/999/{tail}").status_code == 404


def test_each_of_two_gets_their_own(client, ann, privacy):
    ben = a_person("ben@example.org", first_name="Ben")
    notice = a_sending_notice(privacy)
    settle(notice, "failed", "refused", person=ben)
    settle(notice, person=ann)
    assert "Sent to ann@example.org" in text_of(client.get(LIST))
    assert b"ben@" not in sent(client, notice)
    client.force_login(ben)
    assert "mail server of ben@example.org refused it" in text_of(client.get(LIST))
    assert b"ann@" not in sent(client, notice)


@pytest.mark.parametrize("tail", ["", "notices/1/", "notices/1/eml/"])
def test_it_is_for_who_is_signed_in_and_no_cache_keeps_it(client, privacy, tail):
    assertRedirects(client.get(f"{LIST}{tail}"), f"/account/login/?next={LIST}{tail}", fetch_redirect_response=False)


def test_no_cache_keeps_any_of_it(client, notice):
    for tail in ("", f"notices/{notice.pk}/", f"notices/{notice.pk}/eml/"):
        page = client.get(f"{LIST}{tail}")
        assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
        assert client.post(f"{LIST}{tail}").status_code == 405


def test_the_accounts_menu_and_overview_lead_there(client, notice):
    settle(notice)
    page = client.get("/account/")
    assertContains(page, f'href="{LIST}"')
    assert "Latest notice Privacy policy 2.0" in text_of(page)
    assertContains(client.get(f"{LIST}notices/{notice.pk}/"), f'<a href="{LIST}" aria-current="true">Policies</a>')


def test_the_overview_of_who_was_told_nothing_says_so(client, ann):
    assert "Latest notice None yet" in text_of(client.get("/account/"))


def test_a_withdrawn_version_is_marked(client, notice, privacy):
    later = an_amendment(privacy, "cookies come later", effective_from=timezone.localdate() + dt.timedelta(days=9))
    client.get(later.get_absolute_url())
    withdraw(later, reason="Never mind.")
    page = text_of(client.get(LIST))
    assert "Version 3.0 Amendment Withdrawn" in page
    assert "In force Never" in page


def test_the_preferences_say_which_amendments_come_anyway_and_why(client, ann, privacy):
    client.force_login(ann)
    assertNotContains(client.get("/account/preferences/"), "come whatever you choose")
    PolicyPage.objects.update(always_notify_because="The law wants us to tell everyone.")
    words = "Amendments of “Privacy policy” come whatever you choose. The law wants us to tell everyone."
    assertContains(client.get("/account/preferences/"), words)
