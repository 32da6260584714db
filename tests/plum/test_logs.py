"""What stands in a log line: the ids that the code gave, the request's own, and the level that a deployer chose."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from django.test import Client

from plum.logs import JsonLinesFormatter, TextFormatter, discreet, forget_request_id
from tests.plum.starting import RIGHT, ROOT, start

LOGGER = logging.getLogger("policies.notices.a_test")
PROXYS = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def lines():
    """`lines("text")` or `lines("json")` starts to listen, and returns what will have been written."""
    handlers = []
    forget_request_id()  # an answer that another test never closed

    def listen(kind: str) -> io.StringIO:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(TextFormatter() if kind == "text" else JsonLinesFormatter())
        logging.getLogger().addHandler(handler)
        handlers.append(handler)
        return stream

    yield listen
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


def test_people_read_the_ids_behind_the_message(lines):
    written = lines("text")
    LOGGER.error("a notice was paused", extra={"notice": 7, "policy": "privacy"})
    assert written.getvalue().endswith("ERROR policies.notices.a_test: a notice was paused notice=7 policy=privacy\n")


def test_programs_read_the_ids_as_fields(lines):
    written = lines("json")
    LOGGER.error("a notice was paused", extra={"notice": 7, "policy": "privacy"})
    line = json.loads(written.getvalue())
    assert line.pop("time")
    assert line == {
        "level": "ERROR",
        "logger": "policies.notices.a_test",
        "message": "a notice was paused",
        "notice": 7,
        "policy": "privacy",
    }


def test_a_traceback_stays_in_its_line_for_programs(lines):
    written = lines("json")
    try:
        raise ValueError("no such ann@example.org")
    except ValueError:
        LOGGER.exception("it failed", extra={"person": 3})
    assert written.getvalue().count("\n") == 1
    line = json.loads(written.getvalue())
    assert "ValueError: no such <address>" in line["exc_info"]
    assert line["person"] == 3


def test_of_an_object_only_its_type_is_said(lines):
    class Person:
        def __str__(self):
            return "Ann Example"

    for kind in ("text", "json"):
        written = lines(kind)
        LOGGER.error("it failed", extra={"who": Person()})
        assert "Person" in written.getvalue()
        assert "Ann" not in written.getvalue()


def request_ids(written: io.StringIO) -> list[str]:
    return [json.loads(line)["request_id"] for line in written.getvalue().splitlines()]


@pytest.fixture
def gone():
    def refuse(*_):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_each_line_of_a_request_has_its_id_and_the_page_too(client, gone, lines):
    written = lines("json")
    page = client.get("/policies/")
    (number,) = set(request_ids(written))
    assert page.status_code == 503
    assert number in page.content.decode()
    client.get("/policies/")
    assert len(set(request_ids(written))) == 2


@pytest.mark.django_db
def test_the_page_of_an_unforeseen_failure_says_the_id_of_its_lines(lines, settings):
    settings.ROOT_URLCONF = "tests.plum.failing_urls"
    written = lines("json")
    page = Client(raise_request_exception=False).get("/fails/")
    assert page.status_code == 500
    (number,) = set(request_ids(written))
    assert number in page.content.decode()
    assert "RuntimeError" in written.getvalue()


@pytest.mark.django_db
def test_outside_a_request_a_line_has_no_id(client, gone, lines):
    client.get("/policies/")
    written = lines("json")
    LOGGER.error("a chore failed")
    assert "request_id" not in json.loads(written.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        (1, PROXYS, True),
        (1, "8c5ee4a1-7d0f-4a43-9d3e-0f6f7d2b9c11", True),
        (0, PROXYS, False),
        (1, "ann-example", False),
        (1, "abc", False),
        (1, PROXYS * 3, False),
        (1, f"{PROXYS}\r\nERROR forged", False),
    ],
)
def test_an_id_from_outside_counts_only_from_a_trusted_proxy_and_only_if_it_is_well_formed(
    client, settings, gone, lines, proxies, given, taken
):
    settings.TRUSTED_PROXIES = proxies
    written = lines("json")
    client.get("/policies/", headers={"X-Request-ID": given})
    assert all((number == given) is taken for number in request_ids(written))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("{'ann@example.org': (550, b'no such user')}", "{'<address>': (550, b'no such user')}"),
        ("ann%40example.org left", "<address> left"),
        ("Ann <ann@example.org>, Ben <b.b+c@mail.example.co.uk>", "Ann <<address>>, Ben <<address>>"),
        ("DETAIL:  Failing row contains (5, Ann, Example).\nnext", "DETAIL: …\nnext"),
        ("Not Found: /account/unsubscribe/MTIz:1abCde:Zx90_-aaaa/", "Not Found: /account/unsubscribe/<token>/"),
        (
            "Gone: /account/password/reset/key/3-d4c2b1-0123456789abcdef/",
            "Gone: /account/password/reset/key/<token>/",
        ),
        ("Gone: /policies/review/1.RKPS_isd03oUfPNIYSG4y4Hrq/", "Gone: /policies/review/<token>/"),
        ("/policies/privacy-policy-for-our-children/versions/1.0/", None),
        ('File "/srv/plum/policies/migrations/0012_a_long_name_of_one.py", line 3', None),
        ("fe80::1%eth0, 2026-11-26 10:00:00, privacy 3.0", None),
    ],
)
def test_what_libraries_say_is_stripped_of_addresses_tokens_and_rows(said, shown):
    assert discreet(said) == (said if shown is None else shown)


def test_a_deployer_gets_json_and_chooses_the_level():
    shown = 'LOGGING["handlers"]["stderr"]["formatter"], settings.LOGGING["root"]["level"]'
    assert start(RIGHT, shown).stdout.strip() == "json INFO"
    assert start(RIGHT | {"LOG_LEVEL": "warning"}, shown).stdout.strip() == "json WARNING"


def test_the_level_holds_for_loggers_that_have_one_of_their_own():
    said = logged_at("ERROR")
    assert ("an error" in said, "a warning" in said) == (True, False)
    said = logged_at("INFO")
    assert ("a warning" in said, "an information" in said) == (True, False)


def test_a_failure_is_written_once_and_not_again_by_djangos_own_handlers(tmp_path):
    said = logged(
        "logging.getLogger('django.request').error('it failed'); "
        "logging.getLogger('django.db.backends').debug('SELECT secret')",
        DJANGO_SETTINGS_MODULE="plum.settings.dev",
        LOG_LEVEL="DEBUG",
        VAR_DIR=str(tmp_path),
    )
    assert said.count("it failed") == 1
    assert "SELECT" not in said


def logged_at(level: str) -> str:
    """What a logger that is set to WARNING prints in a site that runs at some level."""
    return logged(
        "logger = logging.getLogger('django_tasks'); "
        "logger.error('an error'); logger.warning('a warning'); logger.info('an information')",
        DJANGO_SETTINGS_MODULE="plum.settings.production",
        LOG_LEVEL=level,
    )


def logged(code: str, **values: str) -> str:
    """What a process of the site writes to standard error."""
    environment = RIGHT | {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | values
    command = [sys.executable, "-c", f"import django, logging; django.setup(); {code}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd="/").stderr
