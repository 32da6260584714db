"""The page on which everybody reads the numbers of requests and complaints, where it is switched on."""

from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rights.models import PublicNumbers
from accounts.rights.personal_data.retention import KEPT
from accounts.rights.reports.cases import cases
from accounts.rights.reports.public import FEWEST, FEWEST_FOR_SHARES, Row, public_rows

KEPT_READY: Final = 3600  # seconds: it changes with each quarter only


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Raises: Http404: the organisation does not show them."""
    if not PublicNumbers.current().shown:
        raise Http404
    context = {"rows": _rows(), "fewest": FEWEST, "fewest_for_shares": FEWEST_FOR_SHARES}
    return render(request, "accounts/rights/reports/public.html", context)


def _rows() -> list[Row]:
    today = timezone.localdate()
    key = f"rights.numbers.{today}"
    found: list[Row] | None = cache.get(key)
    if found is None:
        found = public_rows(cases(), today, KEPT)
        cache.set(key, found, KEPT_READY)
    return found
