"""Stopping, pausing, resuming and retrying in the CMS: who may, what is asked, what is logged, what is refused."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry, PageLogEntry

from policies.notices import steering
from policies.notices.models import AmendmentNotice, Delivery
from tests.making.editing import messages_of
from tests.making.notice_pages import history_of, page_of
from tests.making.notices import a_sending_notice, fresh, states
from tests.making.people import a_person, text_of

pytestmark = pytest.mark.django_db
WHY = {"because": "A wrong day."}
DEEDS = {"stop": "held", "pause": "held", "resume": "paused", "retry": "done"}


@pytest.fixture
def failed(privacy):
    """A notice that is done, and did not reach Ann."""
    a_person("ann@example.org")
    notice = a_sending_notice(privacy)
    Delivery.objects.update(state="failed", reason="refused")
    AmendmentNotice.objects.update(state="done", failed=1)
    return fresh(notice)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    ("who", "may"),
    [("nobody", False), ("editor", False), ("approver", True), ("data protection", False), ("superuser", True)],
)
def test_who_may_steer_is_asked_first_and_who_may_not_does_nothing(held, staff, who, may, deed):
    AmendmentNotice.objects.update(state=DEEDS[deed], failed=1)
    client = staff(who)
    asked, done = client.get(page_of(held, deed)), client.post(page_of(held, deed), WHY)
    assert asked.status_code == (200 if may else 302)
    assert done.status_code == 302
    logged = ModelLogEntry.objects.filter(action__startswith="notices.")
    if may:
        assert done.url == page_of(held)
    else:
        assert (fresh(held).state, logged.count()) == (DEEDS[deed], 0)


@pytest.mark.parametrize("deed", DEEDS)
def test_asking_does_nothing_and_there_is_no_other_way(held, cms, deed):
    AmendmentNotice.objects.update(state=DEEDS[deed], failed=1)
    assert "<form" in cms.get(page_of(held, deed)).text
    for method in (cms.put, cms.delete, cms.patch):
        assert method(page_of(held, deed)).status_code == 405
    assert fresh(held).state == DEEDS[deed]


def test_a_notice_is_stopped_with_a_reason_that_stands_in_both_histories(held, privacy, cms, editor):
    text = text_of(cms.get(page_of(held, "stop")))
    assert "2 people not written to yet never will be. 0 people got it" in text
    response = cms.post(page_of(held, "stop"), WHY, follow=True)
    assert "Stopped for good." in messages_of(response)
    assert states(held) == {"ann@example.org": "skipped stopped", "ben@example.org": "skipped stopped"}
    assert (fresh(held).state, held.state_reason) == ("stopped", "A wrong day.")
    line = f"E-mails about version 2.0 stopped for good (notice {held.pk}): A wrong day."
    for entries, address in ((PageLogEntry, f"/cms/pages/{privacy.pk}/history/"), (ModelLogEntry, history_of(held))):
        assert entries.objects.get(action="notices.stop").user == editor
        assert line in text_of(cms.get(address))
    assert line in text_of(cms.get("/cms/reports/site-history/"))


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_stop_needs_a_reason(held, cms, reason):
    response = cms.post(page_of(held, "stop"), {"because": reason})
    assert response.context["form"].errors.keys() == {"because"}
    assert fresh(held).state == "held"


def test_a_pause_and_going_on_need_none(held, cms):
    cms.post(page_of(held, "pause"))
    assert fresh(held).state == "paused"
    assert "Nothing is sent until somebody lets it go on" in text_of(cms.get(page_of(held)))
    cms.post(page_of(held, "resume"))
    assert fresh(held).state == "held"
    assert list(
        ModelLogEntry.objects.order_by("pk").values_list("action", flat=True).filter(action__startswith="n")
    ) == [
        "notices.pause",
        "notices.resume",
    ]


def test_those_that_failed_are_tried_again(failed, cms, mailoutbox):
    assert "1 e-mail failed." in text_of(cms.get(page_of(failed, "retry")))
    response = cms.post(page_of(failed, "retry"), follow=True)
    assert "1 e-mail will be tried again." in messages_of(response)
    line = f"1 recipient of the e-mails about version 2.0 tried again (notice {failed.pk})"
    assert line in text_of(cms.get(history_of(failed)))


@pytest.mark.parametrize(
    ("deed", "state", "words"),
    [
        ("stop", "done", "It is over: there is nothing to stop."),
        ("stop", "stopped", "It is over: there is nothing to stop."),
        ("pause", "staging", "Only one that is held or being sent can be paused."),
        ("resume", "sending", "Only one that is paused can be resumed."),
        ("retry", "stopped", "Only one that was not stopped, and has begun, can be tried again."),
    ],
)
def test_what_the_state_does_not_allow_is_refused_in_words(held, cms, deed, state, words):
    AmendmentNotice.objects.update(state=state)
    Delivery.objects.update(state="failed", reason="refused")
    asked = cms.get(page_of(held, deed))
    assert words in text_of(asked)
    assert '<button type="submit" class="button' not in asked.text
    assert words in messages_of(cms.post(page_of(held, deed), WHY, follow=True))
    assert fresh(held).state == state
    assert not ModelLogEntry.objects.filter(action__startswith="notices.")


def test_only_what_can_be_done_is_offered_and_only_to_those_who_may(held, staff):
    assert page_of(held, "stop") not in staff("editor").get(page_of(held)).text
    shown = staff("approver").get(page_of(held)).text
    assert page_of(held, "stop") in shown
    assert page_of(held, "pause") in shown
    assert page_of(held, "resume") not in shown


def test_the_command_logs_what_it_does_as_the_pages_do(held):
    steering.stop(held, because="A wrong day.")
    for entries in (PageLogEntry, ModelLogEntry):
        entry = entries.objects.get(action="notices.stop")
        assert (entry.user, entry.data["reason"]) == (None, "A wrong day.")


def test_a_deed_that_cannot_be_logged_is_not_done(held, cms, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no log")

    monkeypatch.setattr(steering, "log", fail)
    with pytest.raises(RuntimeError):
        cms.post(page_of(held, "stop"), WHY)
    assert fresh(held).state == "held"


def test_the_ready_made_groups_and_wagtails_may_look_or_steer(db):
    def may(name: str) -> set[str]:
        codenames = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        return set(codenames) & {"view_amendmentnotice", "steer_amendmentnotice"}

    both, one = {"view_amendmentnotice", "steer_amendmentnotice"}, {"view_amendmentnotice"}
    expected = {"Policy approvers": both, "Moderators": both, "Policy editors": one, "Editors": one}
    assert {name: may(name) for name in expected} == expected
