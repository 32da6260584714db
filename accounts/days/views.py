"""Says to the CMS's fields for days what their text means."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.days.inputs import read_as


@require_safe
def meaning(request: HttpRequest) -> JsonResponse:
    """`?kind=` is day or moment, `?text=` what was typed."""
    return JsonResponse(read_as(request.GET.get("kind", ""), request.GET.get("text", "")))
