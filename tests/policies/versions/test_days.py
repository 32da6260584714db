"""From which day a version may come into force: that of announcing or a later one, never before the version before."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.versions.announcing import AnnouncementRefused, withdraw
from tests.making.policies import a_document, a_draft, announce

DAY = dt.timedelta(days=1)


def in_days(number: int) -> dt.date:
    return timezone.localdate() + number * DAY


def test_today_may_be_named(db):
    assert announce(a_draft(), effective_from=in_days(0)).effective_from == in_days(0)


def test_yesterday_may_not(db):
    with pytest.raises(AnnouncementRefused, match="cannot come into force before the day it is announced") as refusal:
        announce(a_draft(), effective_from=in_days(-1))
    assert refusal.value.field == "effective_from"


def test_the_day_of_the_version_before_may_be_named(privacy):
    announce(privacy, a_document("cookies are large"), effective_from=in_days(9))
    version = announce(privacy, a_document("cookies are huge"), effective_from=in_days(9))
    assert (version.number, version.effective_from) == ("3.0", in_days(9))


def test_the_day_before_it_may_not(privacy):
    announce(privacy, a_document("cookies are large"), effective_from=in_days(9))
    with pytest.raises(AnnouncementRefused, match="the next one cannot be earlier"):
        announce(privacy, a_document("cookies are huge"), effective_from=in_days(8))


def test_without_a_day_it_is_the_earliest_that_may_be(privacy):
    announce(privacy, a_document("cookies are large"), effective_from=in_days(9))
    assert announce(privacy, a_document("cookies are huge")).effective_from == in_days(9)


def test_a_withdrawn_version_holds_back_no_other(privacy):
    withdraw(announce(privacy, a_document("cookies are large"), effective_from=in_days(9)), reason="A mistake.")
    assert announce(privacy, a_document("cookies are huge"), effective_from=in_days(3)).effective_from == in_days(3)


def test_what_comes_into_force_tomorrow_can_be_withdrawn_and_today_no_more(privacy):
    tomorrow = announce(privacy, a_document("cookies are large"), effective_from=in_days(1))
    withdraw(tomorrow, reason="A mistake.")
    tomorrow.refresh_from_db()
    assert tomorrow.is_withdrawn
    today = announce(privacy, a_document("cookies are huge"), effective_from=in_days(0))
    with pytest.raises(AnnouncementRefused, match="came into force"):
        withdraw(today, reason="A mistake.")
