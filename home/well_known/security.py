"""security.txt (RFC 9116): to whom weaknesses of the site are told, and until when that holds."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.setting_up.missing import organisations_row, security_words


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer with the file.

    Raises:
        Http404: nobody has said until when it holds, or that is past: a file that has expired must not be used.
    """
    row = organisations_row()
    until = row.security_until
    if until is None or until < timezone.localdate():
        raise Http404("There is no security.txt.")
    end = dt.datetime.combine(until, dt.time(23, 59, 59), tzinfo=timezone.get_current_timezone())
    lines = {
        "Contact": contact(row.security_contact),
        "Expires": f"{end.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": settings.LANGUAGE_CODE.partition("-")[0],
        "Canonical": f"{settings.SITE_URL}{reverse('security_txt')}",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


def contact(said: str) -> str:
    """Return where to write as a URI; to the contact form where nothing was said."""
    if not said:
        return f"{settings.SITE_URL}{reverse('contact')}"
    return said if "://" in said else f"mailto:{said}"


@register(Tags.database)
def security_txt_holds(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Warn of a security.txt that has expired or soon will; silent before the tables are there."""
    if not databases:
        return []
    try:
        found = list(security_words())
    except DatabaseError:
        return []
    hint = "Choose a day in the CMS: Settings, Organisation."
    return [Warning(str(one.words), hint=hint, id="plum.W010") for one in found]
