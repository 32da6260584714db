"""The accessibility statement says what the tests found, and nothing more."""

import json

import pytest

from home.accessibility import results
from tests.journeys.looking import PUBLIC
from tests.making.contact import an_organisation

WRITTEN = {
    "tested_on": "2026-11-02", "commit": "0123456789ab", "tool": "axe-core 4.10", "pages": ["/", "/policies/"],
    "widths": [320, 1280], "schemes": ["light", "dark"], "problems": [],
}  # fmt: skip


@pytest.fixture
def written(tmp_path, monkeypatch):
    path = tmp_path / "results.json"
    monkeypatch.setattr(results, "PATH", path)
    results.results.cache_clear()
    yield lambda **changes: (path.write_text(json.dumps(WRITTEN | changes)), results.results.cache_clear())
    results.results.cache_clear()


def test_it_says_when_what_and_with_which_tool(client, db, written):
    written()
    html = client.get("/accessibility/").text
    said = "2 November 2026", "2 pages", "320 and 1280 pixels", "light and dark", "axe-core 4.10", "0123456789ab"
    assert [words for words in said if words not in html] == []
    assert "It found no barrier." in html


def test_what_was_found_is_said(client, db, written):
    written(problems=["/: Images must have alternative text"])
    html = client.get("/accessibility/").text
    assert "/: Images must have alternative text" in html
    assert "no barrier" not in html


def test_without_results_nothing_is_claimed(client, db, written):
    html = client.get("/accessibility/").text
    assert "we claim nothing here" in html
    assert "WCAG" not in html


def test_barriers_can_be_told_and_every_page_leads_here(client, db):
    an_organisation(phone="01632 960123")
    html = client.get("/accessibility/").text
    assert 'href="/contact/"' in html
    assert "tel:01632960123" in html
    assert 'href="/accessibility/"' in client.get("/policies/").text


def test_the_results_that_come_along_are_of_these_pages():
    results.results.cache_clear()
    known = results.results()
    assert known is not None
    assert set(known.pages) <= set(PUBLIC)
    assert known.problems == ()
