"""People who register while an amendment is pending: they see it at once, and are mailed if the editor asked for it."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from policies.notices.chores import keep_notices
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import NoticeSettings, NoticeState
from policies.notices.opening import open_due_notices
from policies.notices.sending import rounds as working
from policies.notices.sending import staging
from policies.notices.sending.rounds import prepare, work
from policies.notices.sending.staging import stage_newcomers, stage_recipients
from policies.notices.steering import stop
from policies.versions.announcing import withdraw
from tests.making.editing import NEW, Editor
from tests.making.notices import fresh, states, who_chose
from tests.making.people import PASSWORD, a_person, link_in, text_of
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=30)


def in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def freezer():
    """A clock that stands still until it is told to tick."""
    with freeze_time(ignore=["uuid"]) as clock:
        yield clock


def pending(privacy, **fields) -> AmendmentNotice:
    """The notice of an amendment that comes into force in a month; its recipients are written down."""
    document = a_document("cookies are large files", "contact us by post")
    version = announce(privacy, document, **{"effective_from": soon(), "tell_newcomers": True} | fields)
    notice = AmendmentNotice.objects.get(version=version)
    stage_recipients(notice)
    return fresh(notice)


def done(notice: AmendmentNotice) -> AmendmentNotice:
    Delivery.objects.filter(notice=notice, state="pending").update(state="sent", settled_at=timezone.now())
    AmendmentNotice.objects.filter(pk=notice.pk).update(state=NoticeState.DONE)
    return fresh(notice)


def sign_up(address: str = "new@example.org") -> Client:
    browser = Client()
    browser.post("/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD})
    browser.post(link_in(mail.outbox[-1]))
    return browser


def test_a_newcomer_sees_at_once_what_is_coming(privacy):
    pending(privacy, tell_newcomers=False)
    browser = sign_up()
    for path in ("/account/", "/account/policies/"):
        assert f"Privacy policy changes on {in_words(soon())}" in text_of(browser.get(path))
    page = browser.get("/account/policies/").content.decode()
    assert 'href="/policies/privacy/changes/?to=2.0"' in page


def test_what_a_newcomer_has_read_is_no_longer_told(privacy):
    pending(privacy, tell_newcomers=False)
    browser = sign_up()
    browser.get("/policies/privacy/changes/?to=2.0")
    for path in ("/account/", "/account/policies/"):
        assert "Privacy policy changes on" not in text_of(browser.get(path))


def test_whoever_was_written_to_is_not_told_twice_in_the_account(privacy, client):
    ann = a_person()
    done(pending(privacy))
    client.force_login(ann)
    assert "Privacy policy changes on" not in text_of(client.get("/account/"))
    assert "Read what we announced: Privacy policy" in text_of(client.get("/account/"))


def test_what_has_begun_or_was_withdrawn_is_not_coming(privacy):
    notice = pending(privacy, tell_newcomers=False)
    browser = sign_up()
    withdraw(notice.version, reason="A mistake.")
    assert "Privacy policy changes on" not in text_of(browser.get("/account/"))


def test_a_newcomer_is_mailed_once_if_the_editor_asked_for_it(privacy, settings):
    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    a_person("old@example.org")
    notice = done(pending(privacy))
    sign_up()
    mail.outbox.clear()
    for _ in range(2):
        keep_notices()
        work(during=None)
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    assert states(fresh(notice)) == {"old@example.org": "sent", "new@example.org": "sent"}
    assert (fresh(notice).state, fresh(notice).recipients, fresh(notice).sent) == (NoticeState.DONE, 2, 2)


def test_a_newcomer_is_not_mailed_if_nobody_asked_for_it(privacy):
    notice = done(pending(privacy, tell_newcomers=False))
    sign_up()
    prepare()
    assert states(notice) == {}
    assert fresh(notice).state == NoticeState.DONE


def test_an_address_has_to_be_confirmed_first(privacy):
    notice = done(pending(privacy))
    person = a_person("new@example.org", verified=False)
    prepare()
    assert states(notice) == {}
    EmailAddress.objects.filter(user=person).update(verified=True)
    prepare()
    assert states(notice) == {"new@example.org": "pending"}
    assert Delivery.objects.get().address == "new@example.org"


def test_whoever_was_there_before_is_no_newcomer(privacy):
    away = a_person("away@example.org", is_active=False)
    a_person("unproved@example.org", verified=False)
    notice = done(pending(privacy))
    away.is_active = True
    away.save()
    EmailAddress.objects.update(verified=True)
    prepare()
    assert states(notice) == {"unproved@example.org": "unreachable no-address"}


def test_a_newcomers_choice_counts(privacy):
    notice = done(pending(privacy))
    who_chose("none", "quiet@example.org")
    prepare()
    assert states(notice) == {"quiet@example.org": "skipped preference"}
    assert (fresh(notice).state, fresh(notice).skipped, fresh(notice).waiting) == (NoticeState.DONE, 1, 0)


@pytest.mark.parametrize("state", [NoticeState.HELD, NoticeState.SENDING, NoticeState.PAUSED])
def test_a_notice_on_its_way_takes_newcomers_along(privacy, state):
    notice = pending(privacy)
    AmendmentNotice.objects.filter(pk=notice.pk).update(state=state)
    a_person("new@example.org")
    assert stage_newcomers(fresh(notice)) == 1
    assert (fresh(notice).state, fresh(notice).recipients) == (state, 1)


def test_nobody_is_added_to_a_notice_that_was_stopped(privacy):
    notice = pending(privacy)
    stop(notice, because="A mistake.")
    a_person("new@example.org")
    prepare()
    assert stage_newcomers(notice) == 0
    assert states(notice) == {}


def test_nobody_is_added_once_the_version_is_withdrawn_or_in_force(privacy, freezer):
    notice = done(pending(privacy))
    a_person("late@example.org", date_joined=timezone.now() + dt.timedelta(days=30))
    freezer.tick(dt.timedelta(days=30))
    prepare()
    assert states(notice) == {}
    freezer.tick(-dt.timedelta(days=1))
    withdraw(notice.version, reason="A mistake.")
    prepare()
    assert states(notice) == {}


def test_two_who_write_newcomers_down_at_once_write_each_once(privacy, monkeypatch):
    notice = done(pending(privacy))
    a_person("new@example.org")
    insert_select, added = staging.insert_select, []

    def after_somebody_else(*args, **kwargs):
        monkeypatch.setattr(staging, "insert_select", insert_select)
        added.append(stage_newcomers(notice))
        return insert_select(*args, **kwargs)

    monkeypatch.setattr(staging, "insert_select", after_somebody_else)
    assert (stage_newcomers(notice), added) == (0, [1])
    assert (states(notice), fresh(notice).recipients) == ({"new@example.org": "pending"}, 1)


def test_one_notice_that_fails_keeps_no_other_back(privacy, monkeypatch):
    notice = done(pending(privacy))
    a_person("new@example.org")

    def fails(notice):
        raise RuntimeError("no")

    monkeypatch.setattr(working, "stage_newcomers", fails)
    assert prepare() == 1
    assert states(notice) == {}


def test_a_reminder_goes_to_newcomers_as_to_all_others(privacy, freezer):
    NoticeSettings.objects.update_or_create(pk=1, defaults={"remind_days_before": 7})
    notice = done(pending(privacy, tell_newcomers=False))
    a_person("new@example.org")
    freezer.tick(dt.timedelta(days=24))
    assert open_due_notices() == 1
    prepare()
    assert states(notice) == {}
    assert Delivery.objects.get().notice.kind == "reminder"


@pytest.mark.parametrize(("ticked", "asked"), [({"tell_newcomers": "on"}, True), ({}, False)])
def test_the_editor_asks_for_it_with_the_amendment_and_not_with_the_next(cms, privacy, ticked, asked):
    editor = Editor(cms, privacy)
    assert "tell_newcomers" in editor.form().fields
    editor.announces(NEW, effective_from=soon().isoformat(), **ticked)
    notice = AmendmentNotice.objects.get()
    assert (notice.newcomers_too, editor.row.tell_newcomers, editor.draft.tell_newcomers) == (asked, False, False)


def test_of_a_first_version_newcomers_are_not_asked_about(cms):
    assert "tell_newcomers" not in Editor(cms, a_draft()).form().fields
