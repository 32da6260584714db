"""Tells whoever runs the site whether it answers, and what is wrong beside that."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from accounts.examining import Finding
from home.operations.doctor import database
from home.operations.doctor.brought import ASKED_BY, brought_by, may_be_told
from home.operations.doctor.place import look_at_static_files
from policies.notices.examining import look_at_queue, look_for_housekeeping, look_for_worker
from policies.notices.models import Heartbeat
from policies.notices.queue import oldest_wait

logger = logging.getLogger(__name__)

OK: Final = "ok"


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. To whoever has our key it also says what the request brought."""
    if may_be_told(request.GET.get(ASKED_BY, "")):
        return JsonResponse(asdict(brought_by(request)))
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say of each part whether it is well; 503 where visitors get no pages, with `?all` where anything is wrong.

    A dead worker or cache keeps nobody from reading: a balancer that took this process away for it would do harm.
    """
    needed = {
        "database": _asked("database", database.ask),
        "static": _asked("static", lambda: _raise_if_wrong(look_at_static_files())),
    }
    parts = needed | {"cache": _asked("cache", _ask_cache)} | _behind(needed["database"] == OK)
    asked = parts if "all" in request.GET else needed
    status = 200 if {said for said in asked.values() if isinstance(said, str)} <= {OK} else 503
    return JsonResponse(parts | _ages(needed["database"] == OK), status=status)


def _asked(name: str, ask: Callable[[], None]) -> str:
    try:
        ask()
    except _Wrong as wrong:
        return str(wrong)
    except Exception:
        logger.exception("not ready", extra={"part": name})
        return "does not answer"
    return OK


class _Wrong(Exception):
    """A part answers, and says what is wrong."""


def _raise_if_wrong(finding: Finding) -> None:
    if not finding.is_well:
        raise _Wrong(finding.words)


def _behind(database_answers: bool) -> dict[str, str]:
    """Return what stands behind the pages, and is known by the database alone."""
    looks = {"queue": look_at_queue, "worker": look_for_worker, "housekeeping": look_for_housekeeping}
    if not database_answers:
        return dict.fromkeys(looks, "not known: the database does not answer")
    return {name: _said(name, look) for name, look in looks.items()}


def _said(name: str, look: Callable[[], Finding]) -> str:
    return _asked(name, lambda: _raise_if_wrong(look()))


def _ages(database_answers: bool) -> dict[str, object]:
    """Return how long the oldest due task waits, and when the last good round of the housekeeping ended."""
    if not database_answers:
        return {}
    try:
        last = Heartbeat.objects.filter(part=Heartbeat.Part.ROUND, trouble="").first()
        return {"oldest_due_task_seconds": round(oldest_wait().total_seconds()), "last_good_round": last and last.at}
    except DatabaseError:
        return {}


def _ask_cache() -> None:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 5)
    if cache.get("readyz") is None:
        raise _Wrong("does not keep what it is given")
