"""What a log line says: the ids that the code gave, the request it belongs to, and nothing that names a person."""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import cast

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

# What proxies make up: 32 hexadecimal digits or a UUID. Anything else could carry words into the log.
WELL_FORMED = re.compile(r"[0-9a-fA-F-]{16,64}")
RESERVED = {*RESERVED_ATTRS, "request", "request_id"}

ADDRESS = re.compile(r"""[^\s"'<>(),;:@\\\[\]{}/=]+(?:@|%40)[^\s"'<>(),;:@\\\[\]{}/]+""")
# A part of a path that is long and holds a digit, a capital or a colon: signed links and keys of password resets.
TOKEN = re.compile(r"""(?<=/)(?=[^/\s"']*[0-9A-Z:])(?![^/\s"']*\.py\b)[^/\s"']{20,}""")
# PostgreSQL quotes whole rows there.
DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)

_request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestWithId(HttpRequest):
    request_id: str


class RequestIdMiddleware:
    """Gives each request an id, on `request.request_id` and on every line logged until the answer is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(RequestWithId, request).request_id = request_id = request_id_for(request)
        _request_id.set(request_id)
        return self.get_response(request)


def request_id_for(request: HttpRequest) -> str:
    """Return the id that a proxy of ours has given, if it looks like one, or a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def forget_request_id(**_: object) -> None:
    """A thread of the web server goes on to other work; a stream is sent by then."""
    _request_id.set("")


request_finished.connect(forget_request_id, dispatch_uid="plum.logs")


def discreet(text: str) -> str:
    """Return the text without addresses and tokens, which libraries and databases put into their messages."""
    for pattern, instead in ((DETAIL, r"\1: …"), (ADDRESS, "<address>"), (TOKEN, "<token>")):
        text = pattern.sub(instead, text)
    return text


def ids_of(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """Yield what was given as `extra`; of an object only its type, since its words may name somebody."""
    for name, value in vars(record).items():
        if name not in RESERVED:
            yield name, value if isinstance(value, str | int | float | None) else type(value).__name__
    if _request_id.get():
        yield "request_id", _request_id.get()


class TextFormatter(logging.Formatter):
    """For people: one line, its ids behind the message as `name=value`, then a traceback if there is one."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return " ".join([super().formatMessage(record), *(f"{name}={value}" for name, value in ids_of(record))])


class JsonLinesFormatter(JsonFormatter):
    """For programs: one JSON object in a line, its ids as fields of their own."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def add_fields(
        self, log_data: dict[str, object], record: logging.LogRecord, message_dict: dict[str, object]
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        extras = vars(record).keys() - set(RESERVED_ATTRS)
        for name in extras:
            log_data.pop(name, None)
        log_data |= dict(ids_of(record))

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        return {name: discreet(value) if isinstance(value, str) else value for name, value in log_data.items()}
