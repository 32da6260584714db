"""Each page asks the database no more often than its line in the table allows, and never the same thing twice."""

import re
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
import wagtail
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


def too_many(pages: dict[str, list[str]], column: int) -> list[str]:
    return [
        f"{template}: {len(queries)} instead of {BUDGETS[template][column]}\n{shortened(queries)}"
        for template, queries in pages.items()
        if len(queries) > BUDGETS[template][column]
    ]


def twice(pages: dict[str, list[str]]) -> Iterator[str]:
    for template in pages.keys() - ASK_TWICE:
        times = Counter(query for query in pages[template] if not query.startswith(TRANSACTIONS))
        if again := [query for query, count in times.items() if count > 1]:
            yield f"{template} asks twice:\n{shortened(again)}"


@pytest.mark.skipif(wagtail.VERSION >= (8,), reason="the table is of Wagtail 7.4, the next asks a bit more")
@pytest.mark.parametrize(("pages", "column"), [(who, at) for at, who in enumerate(PEOPLE)], indirect=["pages"])
def test_no_page_asks_more_than_it_may_or_the_same_thing_twice(pages, column):
    wrong = [*too_many(pages, column), *twice(pages)]
    assert not wrong, "\n".join(wrong)


def test_every_address_has_a_line_in_the_table():
    assert sorted(BUDGETS) == addresses.templates()
