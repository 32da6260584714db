"""Wanda writes, Archie approves, Dora looks after data protection, Edith is the administrator; the rule is on."""

import pytest
from django.test import Client

from accounts.models import User
from policies.desk.approving.models import TwoPeopleRule
from tests.making.approving import one_of, rule


@pytest.fixture
def wanda(db) -> User:
    return one_of("Policy editors", "Wanda")


@pytest.fixture
def archie(db) -> User:
    return one_of("Policy approvers", "Archie")


@pytest.fixture
def dora(db) -> User:
    return one_of("Data protection", "Dora")


@pytest.fixture
def two_people(db, privacy) -> TwoPeopleRule:
    """The rule of two people, on since after version 1.0."""
    return rule()


@pytest.fixture
def signed_in(verified):
    """A browser of its own for each person: `signed_in(wanda)`."""
    return lambda person: verified(Client(), person)
