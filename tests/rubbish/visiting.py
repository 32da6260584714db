"""Makes the requests, each in a transaction that is rolled back, and sorts what ended in a 500."""

import io
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce
from tests.rubbish import values
from tests.rubbish.addresses import OURS, Address, addresses

TOP = Path(__file__).parents[2]
# Ours on the way to every view, whosoever it is.
ON_THE_WAY = ("guard.py", "outage.py", "session_limits.py", "refusals.py", "bodies.py", "nonsense.py")
METHODS = ("GET",) * 9 + ("POST",) * 8 + ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "RUBBISH")
VISITORS = ("visitor", "registered", "editor", "superuser")
# Requests: that somebody was seen is taken back with all else, and who is not seen for an hour is signed out.
SIGNED_IN_FOR = 1000


@dataclass
class Crash:
    """A 500: where it happened, of which kind, and the number of the request that shows it."""

    error: str
    place: str
    is_ours: bool
    request: str
    number: int
    count: int = 1
    trace: str = ""


@dataclass
class Result:
    statuses: dict[int, int] = field(default_factory=dict)
    crashes: dict[tuple[str, str], Crash] = field(default_factory=dict)

    @property
    def ours(self) -> list[Crash]:
        return [crash for crash in self.crashes.values() if crash.is_ours]


def lay_out() -> dict[str, User]:
    """Put a few things into the database; return who has an account, by the kind of visitor."""
    page = a_draft()
    announce(page)
    ann = a_person(first_name="Ann")
    announce(page, a_document("cookies are larger files"))
    announce(a_draft(a_document("terms of use", title="Terms"), slug="terms"))
    editor = a_person("editor@example.org", first_name="Ed")
    editor.groups.add(Group.objects.get(name="Editors"))
    boss = a_person("boss@example.org", is_superuser=True)
    a_person("other@example.org", is_superuser=True)
    return {"registered": ann, "editor": editor, "superuser": boss}


def signed_in(people: Mapping[str, User]) -> dict[str, SimpleCookie]:
    """Return the cookies of each."""
    return {kind: _cookies(person) for kind, person in people.items()}


def _cookies(person: User) -> SimpleCookie:
    """Sign a person in, with a second factor where they are of the staff, and their identity just confirmed."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1e12, "reauthenticated": True}]
    if person.is_superuser or person.groups.exists():
        device, _ = TOTPDevice.objects.get_or_create(user=person, name="Phone", confirmed=True)
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client.cookies


def visit(seed: int, numbers: Iterable[int], *, keep_trace: bool = False) -> Iterator[Result]:
    """Make the requests of these numbers; yield the same result after each, as it has grown."""
    people, cookies, result = lay_out(), {"visitor": SimpleCookie()}, Result()
    logging.disable(logging.CRITICAL)
    for count, number in enumerate(numbers):
        if count % SIGNED_IN_FOR == 0:
            cookies |= signed_in(people)
        _one(Random(f"{seed}:{number}"), number, cookies, result, keep_trace)
        yield result


def _one(chance: Random, number: int, cookies: dict[str, SimpleCookie], result: Result, keep_trace: bool) -> None:
    who = chance.choice(VISITORS)
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies[who].output([], "", ";"))
    method, path = chance.choice(METHODS), _path(chance)
    data, kind = values.body(chance) if method not in {"GET", "HEAD", "OPTIONS"} else (b"", "")
    errors: list[BaseException] = []

    def crashed(**_: object) -> None:
        errors.append(sys.exc_info()[1])  # type: ignore[arg-type]

    got_request_exception.connect(crashed)
    cache.clear()
    mail.outbox = []
    try:
        with transaction.atomic():
            answer = client.generic(method, path, data, kind, secure=True, **values.headers(chance))
            if answer.streaming:
                io.BytesIO(b"".join(answer.streaming_content))
            transaction.set_rollback(True)
    finally:
        got_request_exception.disconnect(crashed)
    result.statuses[answer.status_code] = result.statuses.get(answer.status_code, 0) + 1
    if answer.status_code == 500 and errors:
        by_ours = _is_view_of_ours(answer)
        _note(result, errors[-1], f"{who}: {method} {path[:150]}", number, by_ours, keep_trace)


def _path(chance: Random) -> str:
    ours = chance.random() < 0.6
    address: Address = chance.choice([one for one in addresses() if one.is_ours == ours])
    filled = address.template % {name: values.part(chance, name) for name in address.names}
    asked = values.query(chance)
    return f"{filled}?{asked}" if asked else filled


def _is_view_of_ours(answer: Any) -> bool:
    match = answer.resolver_match
    view = getattr(match.func, "view_class", match.func) if match else None
    return getattr(view, "__module__", "").partition(".")[0] in OURS


def _note(result: Result, error: BaseException, request: str, number: int, by_ours: bool, keep_trace: bool) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(frame.filename)]
    last = (ours or frames)[-1]
    place = f"{last.filename.replace(str(TOP) + '/', '').rpartition('site-packages/')[2]}:{last.lineno}"
    key = (type(error).__name__, place)
    if found := result.crashes.get(key):
        found.count += 1
        return
    trace = "".join(traceback.format_exception(error)) if keep_trace else ""
    words = f"{type(error).__name__}: {str(error)[:150]}"
    result.crashes[key] = Crash(words, place, bool(ours) or by_ours, request, number, trace=trace)


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    inside = path.is_relative_to(TOP) and "site-packages" not in path.parts and ".venv" not in path.parts
    return inside and path.relative_to(TOP).parts[0] != "tests" and path.name not in ON_THE_WAY
