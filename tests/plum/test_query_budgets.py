"""Each page asks the database no more often than its line in the table allows, and never the same thing twice."""

import re
from collections import Counter
from http.cookies import SimpleCookie

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from home.statistics import counting
from policies.notices.agreeing import questions
from tests.plum.budgets import addresses
from tests.plum.budgets.table import ASK_TWICE, BUDGETS, PEOPLE
from tests.rubbish import visiting

TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def asked(client: Client, address: str) -> tuple[int, list[str]]:
    """Open a page that was opened before; return its status and what it asked of the database."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return answer.status_code, [query["sql"] for query in queries.captured_queries]


@pytest.fixture
def pages(db, request, today, monkeypatch):
    """Every address that somebody opens, with what it asks; not what is asked or written once in so many seconds."""
    monkeypatch.setattr(questions, "LASTS", None)
    monkeypatch.setattr(counting, "WRITTEN_EVERY", float("inf"))
    cookies = {"visitor": SimpleCookie()} | visiting.signed_in(visiting.lay_out())
    known = addresses.lay_out(User.objects.get(email="ann@example.org"))
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies[request.param].output([], "", ";"))
    answers = {template: asked(client, addresses.filled(template, known)) for template in addresses.templates()}
    assert [template for template, (status, _) in answers.items() if status >= 500] == []
    return {template: queries for template, (status, queries) in answers.items() if status != addresses.ONLY_SENT}


def shortened(queries: list[str]) -> str:
    return "\n".join("  " + re.sub(r"SELECT .*? FROM", "SELECT … FROM", query)[:300] for query in queries)


@pytest.mark.parametrize(("pages", "column"), [(who, at) for at, who in enumerate(PEOPLE)], indirect=["pages"])
def test_no_page_asks_more_than_it_may(pages, column):
    over = [
        f"{template}: {len(queries)} instead of {BUDGETS[template][column]}\n{shortened(queries)}"
        for template, queries in pages.items()
        if len(queries) > BUDGETS[template][column]
    ]
    assert not over, "\n".join(over)


@pytest.mark.parametrize("pages", PEOPLE, indirect=True)
def test_no_page_asks_the_same_thing_twice(pages):
    twice = {
        template: shortened([query for query, times in Counter(queries).items() if times > 1])
        for template, queries in pages.items()
        if template not in ASK_TWICE
        and any(times > 1 for query, times in Counter(queries).items() if not query.startswith(TRANSACTIONS))
    }
    assert not twice, "\n".join(f"{template}\n{queries}" for template, queries in twice.items())


def test_every_address_has_a_line_in_the_table():
    assert sorted(BUDGETS) == addresses.templates()
