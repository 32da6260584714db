"""`/metrics`: the figures that apps have registered, in the text that Prometheus reads."""

import logging
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from accounts.figures import Figure, counters, gauge
from home.operations.doctor import database
from home.operations.doctor.brought import FORWARDING

logger = logging.getLogger(__name__)
FAMILIES: Final = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures.

    Raises:
        Http404: whoever asks has no token, and is no program on this machine that came past every proxy.
    """
    if not may_ask(request):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_ask(request: HttpRequest) -> bool:
    """Whether a request has the token; without one in the settings, whether it comes from this machine itself.

    What a proxy on this machine passes on comes from it as well, but with one of its headers. Who asks at a socket in
    the file system has no address, and is on this machine.
    """
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    passed_on = any(name in request.headers for name in FORWARDING)
    try:
        return not passed_on and ip_address(request.META["REMOTE_ADDR"] or "127.0.0.1").is_loopback
    except ValueError:
        return False


class Figures(Collector):
    def collect(self) -> Iterator[Metric]:
        families: dict[str, CounterMetricFamily | GaugeMetricFamily] = {}
        for figure in _figures():
            labels = dict(getattr(figure, "labels", {}))
            family = families.get(figure.name)
            if family is None:
                family = FAMILIES[figure.kind](figure.name, figure.meaning, labels=list(labels))
                families[figure.name] = family
            family.add_metric(list(labels.values()), figure.value)
        yield from families.values()


def _figures() -> Iterable[Figure]:
    """Ask everybody; where the database is away, those who need it are not asked, and that is a figure, too."""
    answers = _database_answers()
    yield gauge("plum_database_up", "1 if the database answers.", int(answers))
    for counter in counters():
        try:
            yield from counter()
        except Exception:
            if answers:
                logger.warning("figures are missing", exc_info=True)


def _database_answers() -> bool:
    try:
        database.ask()
    except Exception:
        return False
    return True
