"""A slow body holds no connection to the database: all of it is read before anything is asked."""

import io
import itertools
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from plum import bodies
from plum.bodies import WholeBodies
from plum.wsgi import application
from tests.making.policies import a_draft, announce

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _the_tests_connection_stays_open():
    """As Django's own test client does: outside of tests the end of a request may close connections."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Source(io.BytesIO):
    """A body that tells when it was read."""

    def __init__(self, data: bytes, told: list[str]) -> None:
        super().__init__(data)
        self.told = told

    def read(self, size=-1):
        self.told.append("read")
        return super().read(size)


def environ(path: str, body: bytes = b"", method: str = "POST", **more) -> dict[str, object]:
    said = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
    }
    return {name: value for name, value in (said | more).items() if value is not None}


def call(app, said) -> tuple[int, bytes]:
    status = []
    answer = app(said, lambda line, headers, *_: status.append(int(line.split()[0])))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return status[0], body


ADDRESSES = [
    "/policies/privacy/verify/",
    "/policies/privacy/",
    "/policies/nonsense/verify/",
    "/account/login/",
    "/account/signup/",
    "/account/unsubscribe/x/",
    "/cms/",
    "/cms/images/add/",
    "/",
    "/nowhere/",
]


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["POST", "PUT", "GET"])
def test_the_body_is_read_before_the_database_is_asked(db, path, method):
    announce(a_draft())
    told: list[str] = []

    def asked(execute, *args):
        told.append("asked")
        return execute(*args)

    body = b"text=" + b"x" * 300_000
    with connection.execute_wrapper(asked):
        call(application, environ(path, body, method, **{"wsgi.input": Source(body, told)}))
    assert told[0] == "read"
    assert "read" not in told[told.index("asked") if "asked" in told else len(told) :]


def echo(said, start_response):
    """What arrived, as a web server hands it over and an application reads it."""
    start_response("200 OK", [])
    return [said["wsgi.input"].read(int(said["CONTENT_LENGTH"] or 0))]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 65_535, 65_536, 65_537, bodies.IN_MEMORY + 1])
def test_what_is_sent_arrives(size):
    body = bytes(itertools.islice(itertools.cycle(range(256)), size))
    app = WholeBodies(echo, lambda path: 2 * MB)
    assert call(app, environ("/", body)) == (200, body)
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert call(app, environ("/", body, **chunked)) == (200, body)


def test_a_form_in_pieces_without_a_length_is_read_too(db):
    announce(a_draft())
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    status, page = call(application, environ("/policies/privacy/verify/", b"text=cookies+are+small+files", **chunked))
    assert status == 200
    assert b"This passage stands in version 1.0" in page


def test_a_file_of_many_megabytes_arrives_in_the_cms_and_nowhere_else():
    most = {"/cms/images/add/": 200, "/policies/privacy/verify/": 413, "/cmsx/": 413, "/account/login/": 413}
    for path, expected in most.items():
        app = WholeBodies(echo, application.most)
        assert call(app, environ(path, b"x" * 13 * MB))[0] == expected
    assert call(WholeBodies(echo, application.most), environ("/cms/x/", CONTENT_LENGTH=str(101 * MB)))[0] == 413


def test_a_body_that_turns_out_too_large_is_refused():
    app = WholeBodies(echo, lambda path: 10)
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert call(app, environ("/", b"x" * 10, **chunked))[0] == 200
    assert call(app, environ("/", b"x" * 11, **chunked))[0] == 413


def test_half_a_body_reaches_nobody():
    reached = []
    app = WholeBodies(lambda *_: reached.append(1), lambda path: MB)
    status, words = call(app, environ("/", b"text=half", CONTENT_LENGTH="100"))
    assert (status, words, reached) == (400, b"The request ended before all of it had come. Try again.\n", [])


def test_a_server_that_cannot_say_where_a_body_ends_is_not_read():
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert call(WholeBodies(echo, lambda path: MB), environ("/", b"x", **chunked))[0] == 411


@pytest.mark.parametrize("length", ["½", "-1", "1e3", "x", "٣", "", "9" * 30])
def test_a_length_that_is_no_number_is_no_body(length):
    told: list[str] = []
    app = WholeBodies(lambda said, start: start("204 No Content", []) or [], lambda path: MB)
    assert call(app, environ("/", CONTENT_LENGTH=length, **{"wsgi.input": Source(b"abc", told)})) == (204, b"")
    assert told == []


def test_a_body_byte_by_byte_is_given_up(monkeypatch):
    clock = itertools.count(step=8)
    monkeypatch.setattr(bodies.time, "monotonic", lambda: next(clock))
    assert call(WholeBodies(echo, lambda path: MB), environ("/", b"x" * 1000))[0] == 408


def test_while_many_bodies_are_awaited_pages_are_still_served_and_more_bodies_are_not():
    wait, waiting = threading.Event(), threading.Semaphore(0)

    class Slow(io.BytesIO):
        def read(self, size=-1):
            waiting.release()
            wait.wait(20)
            return super().read(size)

    app = WholeBodies(echo, lambda path: MB)
    slow = [
        threading.Thread(target=call, args=[app, environ("/", b"x", **{"wsgi.input": Slow(b"x")})])
        for _ in range(bodies.AT_ONCE)
    ]
    for thread in slow:
        thread.start()
        assert waiting.acquire(timeout=10)
    assert call(app, environ("/", b"x"))[0] == 503
    assert call(app, environ("/", method="GET"))[0] == 200
    wait.set()
    for thread in slow:
        thread.join(10)
    assert call(app, environ("/", b"x"))[0] == 200


@pytest.mark.django_db
def test_django_still_understands_files(client: Client):
    announce(a_draft())

    def said():
        return {"file": SimpleUploadedFile("old.txt", b"cookies are small files")}

    body = encode_multipart(BOUNDARY, said())
    status, page = call(application, environ("/policies/privacy/verify/", body, CONTENT_TYPE=MULTIPART_CONTENT))
    assert status == 200
    same = client.post("/policies/privacy/verify/", said())
    assert page.count(b"<p") == same.content.count(b"<p")
