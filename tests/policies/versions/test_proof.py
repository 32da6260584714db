"""verify_policies finds what was changed behind the triggers' back."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page

from accounts.models import triggers
from policies.desk.proof import verify
from policies.notices.models import AmendmentNotice
from policies.versions.kept_register import KeptRegister
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce

TABLE = PolicyVersion._meta.db_table


@pytest.fixture
def history(privacy):
    announce(privacy, a_document("cookies are larger files", "contact us by post"))
    announce(privacy, a_document("cookies are larger files!", "contact us by post"), significance="correction")
    return privacy


def behind_the_triggers(sql: str) -> None:
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute(sql)


def found() -> str:
    return "\n".join(map(str, verify()))


def test_what_was_announced_is_as_it_was_announced(history, capsys):
    call_command("verify_policies")
    assert "3 announced versions are as they were announced" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("text = replace(text, 'larger', 'larder')", "does not have the digest"),
        ("effective_from = '2020-01-01'", "chain is broken"),
        ("announced_at = '2020-01-01 00:00:00+00'", "chain is broken"),
        ("change_summary = 'nothing much'", "chain is broken"),
        ("significance = 'correction'", "number does not follow"),
        ("digest = replace(digest, substr(digest, 1, 1), 'x')", "does not have the digest"),
        ("sequence = 9", "a version is missing"),
        ("slug = 'elsewhere'", "chain is broken"),
    ],
)
def test_one_changed_fact_is_found(history, change, what):
    behind_the_triggers(f"UPDATE {TABLE} SET {change} WHERE sequence = 2")
    assert what in found()


def test_one_changed_letter_in_the_structured_text_is_found(history):
    version = history.versions.get(sequence=2)
    content = json.dumps(version.content).replace("larger", "larder")
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET content = %s WHERE sequence = 2", [content])
    assert "say different things" in found()
    assert "chain is broken" in found()


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_missing_row_is_found_even_the_last(history, sequence):
    for beside in (AmendmentNotice, KeptRegister):
        behind_the_triggers(f"DELETE FROM {beside._meta.db_table}")
    behind_the_triggers(f"DELETE FROM {TABLE} WHERE sequence = {sequence}")
    assert "missing" in found() or "is not there" in found()


def test_two_versions_in_the_wrong_order_are_found(history):
    for step in (
        "sequence = 9 WHERE sequence = 2",
        "sequence = 2 WHERE sequence = 3",
        "sequence = 3 WHERE sequence = 9",
    ):
        behind_the_triggers(f"UPDATE {TABLE} SET {step}")
    assert "chain is broken" in found()


def test_a_page_changed_past_the_door_is_found(history):
    Page.objects.filter(pk=history.pk).update(title="Another title")
    assert "that of no announced version" in found()


def test_a_page_live_without_a_version_is_found(db):
    page = a_draft()
    Page.objects.filter(pk=page.pk).update(live=True)
    assert "no version was ever announced" in found()


def test_the_command_ends_with_an_error_and_a_list(history, capsys):
    behind_the_triggers(f"UPDATE {TABLE} SET effective_from = '2020-01-01' WHERE sequence = 2")
    with pytest.raises(CommandError) as error:
        call_command("verify_policies", "privacy")
    assert error.value.returncode == 1
    assert "privacy 2.0" in capsys.readouterr().err


def test_the_command_names_a_policy_that_is_not_there(db):
    with pytest.raises(CommandError, match="No version"):
        call_command("verify_policies", "nonsense")


def test_verifying_looks_at_one_policy_only_when_asked(history):
    other = a_draft(a_document("terms of use", title="Terms"), slug="terms")
    announce(other)
    behind_the_triggers(f"UPDATE {TABLE} SET effective_from = '2020-01-01' WHERE slug = 'privacy'")
    assert list(verify("terms")) == []
    assert PolicyPage.objects.count() == 2
