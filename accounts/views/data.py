"""The pages on which people see what is held about them, and take all of it away."""

import math

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.flows.downloading import RULE, TooManyDownloads, downloads_of, start_download
from accounts.flows.origins import origin_of
from accounts.flows.persons import PersonsRequest
from accounts.personal_data.archive import make_archive
from accounts.personal_data.collecting import counts_of
from accounts.personal_data.register import Kind
from accounts.personal_data.table import table_of

DOWNLOADS_SHOWN = 20


@login_required
def data(request: PersonsRequest) -> HttpResponse:
    """What is held, by kind; the button that downloads it; who took it before."""
    counts = counts_of(request.user)
    context = {
        "held": [(kind, count) for kind, count in counts if count],
        "nothing_of": [kind for kind, count in counts if not count and is_of_concern(kind)],
        "rows": table_of(kind for kind, count in counts if count or is_of_concern(kind)),
        "downloads": downloads_of(request.user)[:DOWNLOADS_SHOWN],
        "rule": RULE,
    }
    return render(request, "accounts/data/data.html", context)


def is_of_concern(kind: Kind) -> bool:
    """Whether it is said to everybody that there is nothing of it: not what is of staff, or a part of another kind."""
    return not (kind.of_staff or kind.part_of)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def download(request: PersonsRequest) -> HttpResponseBase:
    """POST streams the archive. Whoever must first confirm that it is them comes back to a page with the button."""
    if request.method != "POST":
        return ready(request)
    try:
        return send(request)
    except ReauthenticationRequired:
        return redirect("accounts:download")


@reauthentication_required
def ready(request: PersonsRequest) -> HttpResponse:
    return render(request, "accounts/data/download.html", {"rule": RULE})


@reauthentication_required
def send(request: PersonsRequest) -> HttpResponseBase:
    """Write it down, read, tell the person by mail, and only then let the first byte go."""
    try:
        start_download(request.user, origin_of(request))
    except TooManyDownloads as refused:
        return too_many(request, refused)
    archive = make_archive(request.user)
    get_adapter(request).send_notification_mail("account/email/data_downloaded", request.user)
    headers = {"Content-Disposition": f'attachment; filename="{archive.name}"'}
    return StreamingHttpResponse(archive.pieces(), content_type="application/zip", headers=headers)


def too_many(request: PersonsRequest, refused: TooManyDownloads) -> HttpResponse:
    seconds = math.ceil(refused.wait.total_seconds())
    context = {"rule": RULE, "minutes": math.ceil(seconds / 60)}
    response = render(request, "accounts/data/too_many.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
