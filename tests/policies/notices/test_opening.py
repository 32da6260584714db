"""Which announcements make a notice, and when a second one follows."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.desk.intake.recording import record_announced_elsewhere
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NoticeKind, NoticeSettings, NoticeState
from policies.notices.opening import open_due_notices
from policies.notices.sending.staging import stage_recipients
from policies.writing.models import PolicyPage
from tests.making.notices import a_sending_notice, an_amendment, fresh
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db
DAYS = dt.timedelta(days=1)


def kinds(version):
    return sorted(version.notices.values_list("kind", flat=True))


def set_up(**values):
    settings = NoticeSettings.load()
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()


def test_an_amendment_makes_a_notice_that_is_held_for_fifteen_minutes(privacy):
    version = an_amendment(privacy)
    notice = AmendmentNotice.objects.get()
    assert (notice.version, notice.kind, notice.state) == (version, NoticeKind.ANNOUNCED, NoticeState.STAGING)
    assert dt.timedelta(minutes=14) < notice.held_until - timezone.now() <= dt.timedelta(minutes=15)


def test_the_hold_is_as_long_as_the_site_says(privacy):
    set_up(hold_minutes=0)
    an_amendment(privacy)
    assert AmendmentNotice.objects.get().held_until <= timezone.now()


def test_a_correction_makes_none(privacy):
    announce(privacy, a_document("cookies are little files"), significance="correction")
    assert not AmendmentNotice.objects.exists()


def test_a_first_version_makes_none_unless_asked(db):
    announce(a_draft())
    assert not AmendmentNotice.objects.exists()
    terms = announce(a_draft(slug="terms"), tell_of_first=True)
    assert AmendmentNotice.objects.get().version == terms
    assert not PolicyPage.objects.get(slug="terms").tell_of_first


def test_a_text_announced_elsewhere_long_ago_makes_none(db):
    page = a_draft()
    record_announced_elsewhere(page, announced_on=dt.date(2020, 1, 1))
    page = page.__class__.objects.get(pk=page.pk)
    page.title = "Another title"
    page.save_revision()
    record_announced_elsewhere(
        page, announced_on=dt.date(2021, 1, 1), significance="amendment", change_summary="A title."
    )
    assert not AmendmentNotice.objects.exists()


def test_the_same_text_announced_again_makes_none(privacy):
    an_amendment(privacy)
    an_amendment(privacy)
    assert AmendmentNotice.objects.count() == 1


def test_why_everybody_is_told_goes_with_the_notice(privacy):
    an_amendment(privacy, always_notify_because="The law requires it.")
    assert AmendmentNotice.objects.get().always_because == "The law requires it."
    privacy.refresh_from_db()
    assert privacy.always_notify_because, "it belongs to the policy, not to one amendment"


def test_nothing_is_left_of_the_notice_where_the_announcement_fails(privacy):
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        an_amendment(privacy)
        raise ZeroDivisionError
    assert not AmendmentNotice.objects.exists()


def test_withdrawing_a_version_stops_its_notice(privacy, editor):
    from policies.versions.announcing import withdraw

    notice = a_sending_notice(privacy, effective_from=timezone.localdate() + 9 * DAYS)
    withdraw(notice.version, reason="It was a mistake.", by=editor)
    assert fresh(notice).state == NoticeState.STOPPED
    assert notice.state_reason == "Version 2.0 was withdrawn."


class TestWhatFollows:
    @pytest.fixture
    def version(self, privacy):
        """An amendment that comes into force in thirty days, told."""
        return a_sending_notice(privacy, effective_from=timezone.localdate() + 30 * DAYS).version

    def test_nothing_unless_the_site_says_so(self, version):
        assert open_due_notices(version.effective_from) == 0

    def test_a_reminder_some_days_before_once(self, version):
        set_up(remind_days_before=7)
        assert open_due_notices(version.effective_from - 8 * DAYS) == 0
        assert open_due_notices(version.effective_from - 7 * DAYS) == 1
        assert open_due_notices(version.effective_from - 6 * DAYS) == 0
        assert kinds(version) == ["announced", "reminder"]
        assert version.notices.get(kind="reminder").held_until <= timezone.now()

    def test_no_reminder_once_it_is_in_force(self, version):
        set_up(remind_days_before=7)
        assert open_due_notices(version.effective_from) == 0

    def test_no_reminder_of_what_was_announced_in_those_days(self, version):
        set_up(remind_days_before=30)
        assert open_due_notices(version.announced_on) == 0

    def test_a_mail_on_the_day_once(self, version):
        set_up(mail_on_the_day=True)
        assert open_due_notices(version.effective_from - DAYS) == 0
        assert open_due_notices(version.effective_from) == 1
        assert open_due_notices(version.effective_from) == 0
        assert kinds(version) == ["announced", "in-force"]

    def test_a_mail_on_the_day_may_be_a_little_late_and_not_very(self, version):
        set_up(mail_on_the_day=True)
        assert open_due_notices(version.effective_from + 3 * DAYS) == 0
        assert open_due_notices(version.effective_from + 2 * DAYS) == 1

    def test_nothing_after_what_was_in_force_at_once(self, privacy):
        version = a_sending_notice(privacy).version
        set_up(mail_on_the_day=True)
        assert open_due_notices(version.effective_from) == 0

    def test_nothing_where_the_announcement_was_stopped(self, version):
        set_up(mail_on_the_day=True, remind_days_before=7)
        version.notices.update(state=NoticeState.STOPPED)
        assert open_due_notices(version.effective_from - 7 * DAYS) == 0
        assert open_due_notices(version.effective_from) == 0


@pytest.mark.parametrize("about", [True, False])
def test_the_editor_says_whether_people_can_complain_to_the_commissioner(privacy, about):
    announce(privacy, a_document("cookies are large files"), about_personal_data=about)
    notice = AmendmentNotice.objects.get()
    assert stage_recipients(notice)
    notice.refresh_from_db()
    assert ("ico.org.uk" in notice.message) is about
