"""Tells whoever runs the site whether it answers."""

import logging
import secrets
from dataclasses import asdict

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_tasks import task_backends

from home.operations.doctor.brought import ASKED_BY, brought_by, may_be_told

logger = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. To whoever has our key it also says what the request brought."""
    if may_be_told(request.GET.get(ASKED_BY, "")):
        return JsonResponse(asdict(brought_by(request)))
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database, the cache and the queue answer; 503 and which one does not, otherwise."""
    found = {}
    for name, ask in {"database": _ask_database, "cache": _ask_cache, "queue": _ask_queue}.items():
        try:
            ask()
            found[name] = "ok"
        except Exception:
            logger.exception("not ready", extra={"part": name})
            found[name] = "does not answer"
    ready = set(found.values()) == {"ok"}
    return JsonResponse(found, status=200 if ready else 503)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 5)
    if cache.get("readyz") is None:
        raise RuntimeError("the cache does not keep what it is given")


def _ask_queue() -> None:
    backend = task_backends["work"]
    if model := getattr(backend, "task_model", None):
        model.objects.exists()
