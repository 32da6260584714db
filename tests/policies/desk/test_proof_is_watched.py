"""The doctor says when what was announced was last proven to be untouched, and what was found."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import triggers
from policies.notices.models import Heartbeat
from tests.making.doctor import found, is_well, to_do

pytestmark = pytest.mark.django_db


def test_nothing_announced_needs_no_proof():
    assert found("proof")["verdict"] == "not asked"


def test_a_proof_holds_for_two_nights(privacy):
    assert "never proven" in to_do("proof")
    call_command("verify_policies", verbosity=0)
    assert is_well("proof")
    Heartbeat.objects.filter(part="proof").update(at=timezone.now() - dt.timedelta(days=3))
    assert "each night" in to_do("proof")


def test_a_broken_chain_is_said_until_it_is_whole(privacy):
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policyversion SET text = 'Another text'")
    with pytest.raises(CommandError):
        call_command("verify_policies")
    assert "the text does not have the digest" in to_do("proof")


def test_the_proof_of_one_policy_says_nothing_of_the_others(privacy):
    call_command("verify_policies", "privacy", verbosity=0)
    assert "never proven" in to_do("proof")
