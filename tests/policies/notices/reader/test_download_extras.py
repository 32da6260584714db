"""The policies that applied to a person are in the download of their data, with their dates."""

import datetime as dt
from email import message_from_string, policy

import pytest
from django.utils import timezone

from accounts.personal_data.archive import make_archive
from policies.notices.models import Delivery
from policies.versions.models import PolicyVersion
from tests.accounts.personal_data.archives import Opened
from tests.making.notices import a_sending_notice
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import put, row

TODAY = timezone.localdate()


def ago(days):
    return TODAY - dt.timedelta(days=days)


def opened_for(joined):
    at = dt.datetime.combine(joined, dt.time(12), dt.UTC)
    return Opened(b"".join(make_archive(a_person(date_joined=at)).pieces()))


def policies_in(opened):
    return [name for name in opened.names if name.startswith("policies/")]


@pytest.fixture
def history(db):
    """1.0, 2.0 and 5.0 in force one after the other; 3.0 was withdrawn, 4.0 replaced before it began."""
    return put(
        a_draft(),
        row(1, ago(300)),
        row(2, ago(200)),
        row(3, ago(150), withdrawn=True),
        row(4, ago(90)),
        row(5, ago(100)),
    )


def test_the_versions_in_force_since_they_joined_are_in_it(history):
    assert policies_in(opened_for(ago(150))) == ["policies/privacy-2.0.txt", "policies/privacy-5.0.txt"]


def test_one_that_ended_on_the_day_they_joined_is_not(history):
    assert policies_in(opened_for(ago(100))) == ["policies/privacy-5.0.txt"]


def test_each_says_its_days_its_address_and_its_text(history):
    opened = opened_for(ago(250))
    text = opened.text("policies/privacy-2.0.txt")
    version = PolicyVersion.objects.get(major=2)
    last = ago(101)
    assert f"to {last.day} {last:%B %Y}\n" in text
    assert f"https://testserver/policies/privacy/versions/2.0/\nSHA-256 of the text alone: {version.digest}\n" in text
    assert text.endswith(version.text)
    assert "version 2.0, in force from" in opened.text("README.txt")
    newest = opened.text("policies/privacy-5.0.txt").split("\n", 1)[0]
    assert newest.endswith(f"in force from {ago(100).day} {ago(100):%B %Y}")


def test_what_is_not_in_force_yet_is_not_in_it(db):
    page = a_draft()
    announce(page)
    announce(page, a_document("cookies are tiny files"), effective_from=TODAY + dt.timedelta(days=9))
    assert policies_in(opened_for(ago(9))) == ["policies/privacy-1.0.txt"]


def test_the_mails_that_were_sent_to_them_are_in_it_as_sent(privacy):
    ann, ben = a_person("ann@example.org", first_name="Ann"), a_person("ben@example.org")
    notice = a_sending_notice(privacy)
    now = timezone.now()
    Delivery.objects.filter(person=ann).update(state="sent", first_tried_at=now, settled_at=now)
    opened = Opened(b"".join(make_archive(ann).pieces()))
    [name] = [name for name in opened.names if name.startswith("notices/")]
    assert name == "notices/privacy-2.0-announced.eml"
    mail = message_from_string(opened.text(name), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == "ann@example.org"
    assert notice.version.change_summary in mail.get_body(("plain",)).get_content()
    nobodys = Opened(b"".join(make_archive(ben).pieces()))
    assert not [name for name in nobodys.names if name.startswith("notices/")]
