"""Rooms above hear of what happens to a version: inside the transaction, and somebody does listen."""

import pytest
from django.core import checks

from home.caches_in_front.tasks import after_the_commit
from policies.desk.approving.deciding.assent import link_to_version
from policies.notices.agreeing.questions import forget_questions
from policies.notices.models import AmendmentNotice, Engagement
from policies.notices.opening import open_announced
from policies.notices.reader.banner import note_seen
from policies.notices.steering import stop_notices_of
from policies.versions import events
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from tests.making.people import a_person
from tests.making.policies import a_document, announce

TOMORROW = "2999-01-01"


@pytest.fixture
def alone(monkeypatch):
    """The rooms above are not installed: nobody listens."""
    for event in events.EVENTS:
        monkeypatch.setattr(event, "listeners", [])


class Trouble(Exception):
    pass


def fail(*args):
    raise Trouble


def test_the_notices_and_the_approvals_listen_and_nobody_else_does():
    assert events.after_announcing.listeners == [after_the_commit, open_announced, forget_questions, link_to_version]
    assert events.after_withdrawing.listeners == [after_the_commit, stop_notices_of, forget_questions]
    assert events.shown.listeners == [note_seen]


def test_listening_twice_is_hearing_once():
    events.shown.listen(note_seen)
    assert events.shown.listeners == [note_seen]


def test_a_notice_that_cannot_be_made_takes_the_version_with_it(privacy, monkeypatch):
    monkeypatch.setattr(events.after_announcing, "listeners", [open_announced, fail])
    with pytest.raises(Trouble):
        announce(privacy, a_document("cookies are larger files"))
    assert PolicyVersion.objects.count() == 1
    assert not AmendmentNotice.objects.exists()


def test_a_notice_that_cannot_be_stopped_keeps_the_version(privacy, monkeypatch):
    version = announce(privacy, a_document("cookies are larger files"), effective_from=TOMORROW)
    version.refresh_from_db()
    monkeypatch.setattr(events.after_withdrawing, "listeners", [stop_notices_of, fail])
    with pytest.raises(Trouble):
        withdraw(version, reason="A mistake.")
    assert not PolicyVersion.objects.get(pk=version.pk).is_withdrawn
    assert AmendmentNotice.objects.get(version=version).state == "staging"


def test_without_listeners_policies_are_announced_and_read_all_the_same(privacy, alone, client):
    announce(privacy, a_document("cookies are larger files"))
    client.force_login(a_person())
    assert client.get("/policies/privacy/").status_code == 200
    assert not AmendmentNotice.objects.exists()
    assert not Engagement.objects.exists()


def test_the_system_check_says_when_nobody_listens(alone):
    found = [message for message in checks.run_checks() if message.id == "policies.W003"]
    assert [event.name for event in events.EVENTS] == [message.msg.split("“")[1].split("”")[0] for message in found]


def test_the_system_check_is_silent_while_somebody_listens():
    assert not [message for message in checks.run_checks() if message.id == "policies.W003"]
