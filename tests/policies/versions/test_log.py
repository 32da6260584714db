"""verify_policies compares versions with the log both ways, and lists whatever is missing or malformed in it."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.models import triggers
from policies.desk.proof import verify
from policies.desk.telling.withdrawing import withdraw_versions
from policies.versions.announcing import FIRST_CHAIN, chain_of
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce

LATER = dt.date(2040, 5, 1)


@pytest.fixture
def history(privacy) -> PolicyPage:
    announce(privacy, a_document("cookies are larger files"))
    announce(privacy, a_document("cookies are huge files"), effective_from=LATER)
    return privacy


def entries(action: str = "policies.announce"):
    return PageLogEntry.objects.filter(action=action).order_by("timestamp", "pk")


def behind_the_triggers(sql: str, *params) -> None:
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def set_data(entry: PageLogEntry, data: str) -> None:
    behind_the_triggers("UPDATE wagtailcore_pagelogentry SET data = %s WHERE id = %s", data, entry.pk)


def found() -> list[str]:
    return list(map(str, verify()))


def forge(page: PolicyPage, **changes) -> PolicyVersion:
    """Insert a version as the public recipe of the chain says, past the door."""
    newest = page.versions.order_by("-sequence").first()
    forged = PolicyVersion.objects.get(pk=newest.pk)
    revision = page.save_revision()
    forged.pk, forged.revision, forged.sequence, forged.major = None, revision, newest.sequence + 1, newest.major + 1
    for name, value in changes.items():
        setattr(forged, name, value)
    forged.chain = chain_of(forged, newest.chain or FIRST_CHAIN)
    return PolicyVersion.objects.bulk_create([forged])[0]


def test_what_was_announced_and_withdrawn_is_found_in_order(history):
    withdraw_versions(history, [history.versions.get(major=3)], reason="A mistake.", by=None)
    assert found() == []


def test_a_version_inserted_past_the_door_is_found(history):
    forge(history)
    assert "privacy 4.0: the log does not say that it was announced" in found()


def test_a_version_announced_in_the_future_is_found(history):
    forge(history, announced_at=timezone.now().replace(microsecond=0) + dt.timedelta(hours=2))
    assert "privacy 4.0: it was announced in the future" in found()


def test_each_lost_entry_is_found(history):
    for entry in entries():
        number = entry.data["number"]
        PageLogEntry.objects.filter(pk=entry.pk).delete()
        assert f"privacy {number}: the log does not say that it was announced" in found()
    assert len(found()) == 3


def test_an_entry_that_is_there_twice_is_found(history):
    entry = entries().last()
    entry.pk = None
    entry.save(force_insert=True)
    assert found() == ["privacy 3.0: the log says 2 times that it was announced"]


def test_an_entry_about_another_version_is_found(history):
    entry = entries().last()
    set_data(entry, json.dumps(entry.data | {"number": "2.7", "sequence": 2}))
    assert found() == ["privacy 3.0: the log says that it was version 2.7"]


def test_an_entry_of_another_page_is_no_proof(history):
    other = a_draft(a_document("terms of use", title="Terms"), slug="terms")
    PageLogEntry.objects.filter(pk=entries().last().pk).update(page_id=other.pk)
    assert "privacy 3.0: the log does not say that it was announced" in found()
    assert "terms 3.0: the log says that it was announced, but it is not there" in found()


@pytest.mark.parametrize(
    "data",
    [
        "{}",
        "[]",
        "null",
        "7",
        '"text"',
        '{"chain": null}',
        '{"chain": 7, "number": [], "sequence": "x"}',
        '{"chain": ["a"], "number": {"a": 1}}',
        '{"number": "3.0", "sequence": null}',
        '{"chain": {}, "sequence": true}',
        '{"chain": ' + "[" * 900 + "]" * 900 + "}",
    ],
)
@pytest.mark.parametrize("action", ["policies.announce", "policies.withdraw"])
def test_a_malformed_entry_is_a_line_of_the_list(history, data, action, capsys):
    withdraw_versions(history, [history.versions.get(major=3)], reason="A mistake.", by=None)
    entry = entries(action).last()
    set_data(entry, data)
    with pytest.raises(CommandError):
        call_command("verify_policies")
    listed = capsys.readouterr().err
    assert f"entry {entry.pk} of the log ({action}) cannot be read" in listed
    assert "the log does not say that it was" in listed


def test_another_draft_than_the_one_announced_is_found(history):
    another = PolicyPage.objects.get(pk=history.pk).save_revision()
    behind_the_triggers("UPDATE policies_policyversion SET revision_id = %s WHERE sequence = 3", another.pk)
    assert found() == ["privacy 3.0: its draft is not the one that the log says was announced"]


def test_the_draft_of_another_page_is_found(history):
    other = a_draft(a_document("terms of use", title="Terms"), slug="terms").save_revision()
    behind_the_triggers("UPDATE policies_policyversion SET revision_id = %s WHERE sequence = 3", other.pk)
    PageLogEntry.objects.filter(pk=entries().last().pk).update(revision=other)
    assert found() == ["privacy 3.0: its draft is that of another page"]


WITHDRAW = "UPDATE policies_policyversion SET withdrawn_at = %s, withdrawn_reason = 'gone' WHERE sequence = %s"


def test_a_withdrawal_past_the_door_is_found(history):
    behind_the_triggers(WITHDRAW, timezone.now(), 3)
    assert found() == ["privacy 3.0: the log does not say that it was withdrawn"]


def test_a_withdrawal_of_what_is_in_force_is_found(history):
    behind_the_triggers(WITHDRAW, timezone.now(), 2)
    assert "privacy 2.0: it was withdrawn when it had come into force" in found()


def test_a_withdrawal_taken_back_is_found(history):
    withdraw_versions(history, [history.versions.get(major=3)], reason="A mistake.", by=None)
    behind_the_triggers("UPDATE policies_policyversion SET withdrawn_at = NULL, withdrawn_reason = ''")
    assert found() == ["privacy 3.0: the log says that it was withdrawn, but it is not"]


def test_other_words_and_another_time_of_a_withdrawal_are_found(history):
    withdraw_versions(history, [history.versions.get(major=3)], reason="A mistake.", by=None)
    version = history.versions.get(major=3)
    behind_the_triggers(WITHDRAW, version.withdrawn_at + dt.timedelta(days=1), 3)
    listed = "\n".join(found())
    assert "it was withdrawn for another reason, the log says" in listed
    assert "it was withdrawn at another time, the log says" in listed


def test_a_withdrawn_version_that_is_gone_is_found(history):
    withdraw_versions(history, [history.versions.get(major=3)], reason="A mistake.", by=None)
    behind_the_triggers("DELETE FROM notices_amendmentnotice")
    behind_the_triggers("DELETE FROM policies_keptregister")
    behind_the_triggers("DELETE FROM policies_policyversion WHERE sequence = 3")
    assert any("the log says that it was withdrawn, but it is not there" in line for line in found())


@pytest.mark.parametrize("body", ['"text"', "[7]", '[{"type": "section"}]', '[{"type": "section", "value": 7}]'])
def test_a_page_that_cannot_be_read_is_a_line_of_the_list(history, body):
    behind_the_triggers("UPDATE policies_policypage SET sections = %s", body)
    assert found() == ["privacy 3.0: the page's text in the CMS is that of no announced version"]


@pytest.mark.parametrize("content", ["7", "[]", "{}", "null", '{"schema": "x"}', '{"schema": 1, "sections": 7}'])
def test_a_structured_text_that_cannot_be_read_is_a_line_of_the_list(history, content):
    behind_the_triggers("UPDATE policies_policyversion SET content = %s WHERE sequence = 2", content)
    assert any("privacy 2.0: the structured text cannot be read" in line for line in found())
