"""Rubbish, in short: `python -m tests.rubbish` makes a hundred thousand of these requests."""

import logging

import pytest

from tests.rubbish.addresses import addresses
from tests.rubbish.visiting import visit


@pytest.fixture(autouse=True)
def _logs_are_back():
    yield
    logging.disable(logging.NOTSET)


def test_every_part_of_the_site_is_among_the_addresses():
    templates = {address.template for address in addresses()}
    assert {"/policies/%(slug)s/verify/", "/account/login/", "/cms/", "/healthz"} <= templates
    assert len([address for address in addresses() if address.is_ours]) > 60
    assert len(templates) > 250


@pytest.mark.django_db
@pytest.mark.parametrize("first", [0, 10_000])
def test_rubbish_never_ends_in_an_error_of_ours(first):
    *_, result = visit(7, range(first, first + 300))
    assert sum(result.statuses.values()) == 300
    assert [f"{crash.error} at {crash.place}; {crash.request}" for crash in result.ours] == []
