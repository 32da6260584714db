"""When the database is gone or takes no writing, a page says what to do."""

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from pytest_django.asserts import assertContains

from accounts.values.organisation import organisation
from home import context
from home.organisation.sheet import address_of
from plum.settings import shapes
from policies.writing.models import PolicyPage
from tests.making.addresses import ALL
from tests.making.contact import an_organisation
from tests.making.images import a_picture

MIDDLEWARE = "home.operations.outage.OutageMiddleware"


@pytest.fixture
def guarded(settings):
    if MIDDLEWARE not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]


def gone(*_):
    raise OperationalError("connection refused")


@pytest.mark.parametrize("address", ALL)
def test_a_database_that_is_gone_is_said_to_be_gone(client, history, guarded, address):
    with connection.execute_wrapper(gone):
        answer = client.get(address)
    assertContains(answer, "not available for a moment", status_code=503)
    assert answer["Retry-After"] == "120"
    assert answer["Cache-Control"] == "no-store"


def test_it_answers_again_when_the_database_does(client, history, guarded):
    with connection.execute_wrapper(gone):
        client.get("/policies/privacy/")
    assert client.get("/policies/privacy/").status_code == 200


@pytest.fixture
def read_only(history):
    """On PostgreSQL until the savepoint is left; on SQLite until it is said again."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
        else:
            cursor.execute("PRAGMA query_only = ON")
            yield
            cursor.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize("address", ALL)
def test_a_database_that_takes_no_writing_is_read_as_ever(client, read_only, address):
    assert client.get(address).status_code == 200


def test_verifying_writes_nothing(client, read_only):
    assert client.post("/policies/privacy/verify/", {"text": "We respect your privacy."}).status_code == 200


def test_a_read_only_database_refuses_to_be_written(read_only):
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyPage.objects.update(amends=1)


@pytest.fixture
def no_redis(settings):
    settings.CACHES = settings.CACHES | {"default": shapes.cache("redis://127.0.0.1:1/0")}


@pytest.mark.parametrize("address", ["/", "/policies/", "/policies/privacy/", "/policies/privacy/versions/"])
def test_without_redis_policies_are_read_as_ever(client, history, guarded, no_redis, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/policies/privacy/"])
def test_without_redis_an_organisation_with_a_logo_is_read_as_ever(client, history, guarded, no_redis, address):
    row = an_organisation()
    row.logo = row.picture = a_picture("logo")
    row.save()
    assertContains(client.get(address), "brand__logo")


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_what_counts_tries_says_that_it_is_away_while_redis_is(client, history, guarded, no_redis, address):
    answer = client.post(address, {"login": "ann@example.org", "password": "x", "email": "ann@example.org"})
    assertContains(answer, "not available for a moment", status_code=503)


@pytest.mark.parametrize("address", ["/cms/", "/cms/notices/", "/cms/reports/pages-opened/", "/account/"])
def test_whoever_is_signed_in_works_on_without_redis(cms, history, guarded, no_redis, address):
    assert cms.get(address).status_code == 200


class TestItsLook:
    """Pages for trouble look as the organisation's did when it was last known."""

    @pytest.fixture(autouse=True)
    def _nothing_is_known(self, monkeypatch):
        monkeypatch.setattr(context, "_last", [])

    @pytest.fixture
    def opened(self, client, db, settings):
        """Somebody opened a page of an organisation of its own."""
        settings.ROOT_URLCONF = "tests.plum.failing_urls"
        client.raise_request_exception = False
        an_organisation(name="Quince Care", colour="#7a1f1f")
        assert "Quince Care" in client.get("/").text
        return client

    @pytest.mark.parametrize(("address", "status"), [("/fails/", 500), ("/damaged/", 400)])
    def test_after_an_error_it_is_the_organisations_own(self, opened, address, status):
        assertContains(opened.get(address), "– Quince Care</title>", status_code=status)
        assertContains(opened.get(address), f'href="{address_of(organisation())}"', status_code=status)
        assertContains(opened.get(address), '<span class="brand__name">Quince Care</span>', status_code=status)

    def test_it_asks_a_database_that_is_gone_for_nothing(self, opened, guarded):
        with connection.execute_wrapper(gone):
            answer = opened.get("/policies/")
        assertContains(answer, "– Quince Care</title>", status_code=503)

    def test_where_nothing_was_known_yet_it_is_nobodys(self, client, db, guarded):
        with connection.execute_wrapper(gone):
            answer = client.get("/policies/")
        assertContains(answer, "<title>This website is not available for a moment</title>", status_code=503)
        assert "brand__" not in answer.text
