"""Serves what is drawn from the organisation's name and colours."""

from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image, UnidentifiedImageError

from accounts.values.organisation import Organisation, organisation
from home.organisation import drawing, sheet

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
ALONE = "default-src 'none'; sandbox"


@require_safe
def style_sheet(request: HttpRequest, look: str) -> HttpResponse:
    known = organisation()
    response = HttpResponse(sheet.whole_sheet(known), content_type="text/css; charset=utf-8")
    return _kept(response, is_newest=look == sheet.name_of(known))


@require_safe
def mark(request: HttpRequest, look: str) -> HttpResponse:
    known = organisation()
    response = HttpResponse(drawing.mark(known), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = ALONE
    return _kept(response, is_newest=look == known.look)


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Answer browsers and programs that look for the icon at its oldest address."""
    known = organisation()
    response = HttpResponse(drawing.icon(known, _uploaded(known)), content_type="image/vnd.microsoft.icon")
    response.headers["Cache-Control"] = FOR_A_DAY
    return response


def _kept(response: HttpResponse, *, is_newest: bool) -> HttpResponse:
    """Let an answer be kept for ever under the name of its look; under the name of an earlier one, not at all."""
    response.headers["Cache-Control"] = FOR_EVER if is_newest else "no-store"
    return response


def _uploaded(known: Organisation) -> Image.Image | None:
    if not known.mark or not known.mark.url.startswith(settings.MEDIA_URL):
        return None
    try:
        with default_storage.open(unquote(known.mark.url.removeprefix(settings.MEDIA_URL))) as file:
            picture = Image.open(file)
            picture.load()
    except (OSError, UnidentifiedImageError):
        return None
    return picture
