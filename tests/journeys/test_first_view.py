"""A policy is light: whoever follows the link of a mail on a telephone waits for little."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.weighing import first_view

# Of what is in the answers: their headers are packed by HTTP/2, and are another 2,400 bytes by HTTP/1.
MOST_REQUESTS, MOST_BYTES = 3, 16 * 1024


@pytest.fixture
def fetched(site, browser: Browser):
    """What the first view of a policy fetches, when the page was opened by somebody before."""
    first_view(browser, f"{site.url}/policies/privacy/")
    return first_view(browser, f"{site.url}/policies/privacy/")


def test_the_first_view_of_a_policy_takes_three_requests_and_sixteen_kilobytes(fetched):
    said = "\n".join(f"{one.size:6} {one.packing or 'plain':5} {one.url}" for one in fetched)
    assert len(fetched) <= MOST_REQUESTS, said
    assert sum(one.size for one in fetched) <= MOST_BYTES, said
    assert {one.packing for one in fetched if not one.url.endswith(".webp")} == {"br"}, said
