"""The pages that policies are read on: all of them, one in force, its versions, one version for ever, one day's."""

import datetime as dt
import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from accounts.days.reading import EXAMPLES, NotADay, read_day
from accounts.values.organisation import organisation
from policies.reading import memento
from policies.reading.contexts import (
    about,
    all_policies_on,
    changed_at,
    in_force_on,
    policy_context,
    published_at,
    version_context,
)
from policies.reading.machine_readable import dpv_json, machine_links, version_json
from policies.reading.views.answers import FOR_EVER, answer, not_there_yet, reads
from policies.reading.views.finding import of_policy, of_version
from policies.texts.document import clean_text
from policies.versions.events import shown
from policies.versions.history import Entry, History
from policies.versions.kept_register import KeptRegister
from policies.versions.models import PolicyVersion

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@reads()
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    versions, policies = PolicyVersion.objects.outline(), all_policies_on(today)
    context = {
        "policies_mark": policies.mark,
        "in_force": SimpleLazyObject(lambda: versions.in_force(on=today).order_by("title", "slug")),
        "upcoming": SimpleLazyObject(lambda: versions.upcoming(on=today).with_amended()),
    }
    return answer(request, render(request, "policies/index.html", context), modified=policies.changed_at)


@reads()
@of_policy
def policy(request: HttpRequest, history: History) -> HttpResponse:
    """The text in force; for who asks for another time (RFC 7089), the way to the text of that time."""
    wanted = request.headers.get("Accept-Datetime")
    if wanted is not None:
        return memento.time_gate(history, wanted)
    if history.in_force:
        shown.tell(request, history.in_force.version)
    response = render(request, "policies/policy.html", policy_context(history))
    of_text = [machine_links(history.in_force.version)] if history.in_force else []
    response.headers["Link"] = ", ".join([memento.links(history), *of_text])
    patch_vary_headers(response, ["Accept-Datetime"])
    return answer(request, response, modified=changed_at(history))


@reads()
@of_policy
def versions(request: HttpRequest, history: History) -> HttpResponse:
    entries = [(entry, history.before(entry.version)) for entry in history.entries]
    context = about(history) | {"entries": entries}
    return answer(request, render(request, "policies/versions.html", context), modified=changed_at(history))


@reads()
@of_version
def version(request: HttpRequest, history: History, entry: Entry) -> HttpResponse:
    """One version for ever. Its words are immutable, but the page also says where it stands today: ask again."""
    shown.tell(request, entry.version)
    response = render(request, "policies/version.html", version_context(history, entry))
    for name, value in memento.headers(history, entry).items():
        response.headers[name] = value
    response.headers["Link"] += f", {machine_links(entry.version)}"
    return answer(request, response, modified=changed_at(history))


@reads()
@of_version
def text(request: HttpRequest, history: History, entry: Entry) -> HttpResponse:
    """The canonical text, byte for byte: its SHA-256 is the digest."""
    response = HttpResponse(entry.version.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(entry.version)}.txt"'
    return answer(request, response, modified=published_at(entry.version), keep=FOR_EVER)


@reads()
@of_version
def json(request: HttpRequest, history: History, entry: Entry) -> HttpResponse:
    data = version_json(entry.version, _one_before(history, entry))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return answer(request, response, modified=published_at(entry.version), keep=FOR_EVER)


@reads()
@of_version
def dpv(request: HttpRequest, history: History, entry: Entry) -> HttpResponse:
    """The register of personal data as it was when the version was announced, for machines.

    Raises:
        Http404: none was kept: the policy is not about personal data, or its version was announced elsewhere.
    """
    kept = get_object_or_404(KeptRegister, pk=entry.version.pk)
    data = dpv_json(entry.version, kept, organisation().name)
    look = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(data, json_dumps_params=look, content_type="application/ld+json")
    return answer(request, response, modified=published_at(entry.version))


@reads()
@of_policy
def timemap(request: HttpRequest, history: History) -> HttpResponse:
    response = HttpResponse(memento.timemap(history), content_type="application/link-format; charset=utf-8")
    return answer(request, response, modified=changed_at(history))


@reads()
@of_policy
def on_day(request: HttpRequest, history: History, day: str) -> HttpResponse:
    """Lead to the version of a day in ISO's form, for links that are passed on."""
    known = _iso_day(day)
    if known is None:
        words = gettext("“%(day)s” is not a day in the calendar.")
        problem = words % {"day": clean_text(day).strip()[:40]}
        return not_there_yet(request, _ask_for_day(request, history, wanted=day, problem=problem, status=404))
    return _on(request, history, known)


@reads()
@of_policy
def on(request: HttpRequest, history: History) -> HttpResponse:
    """Ask for the day, or answer the form: what a person writes is read first, and they are told as which day."""
    if "date" not in request.GET:
        return answer(request, _ask_for_day(request, history), modified=changed_at(history))
    wanted = request.GET["date"].strip()
    if known := _iso_day(wanted):
        return _on(request, history, known)
    try:
        day = read_day(wanted)
    except NotADay as problem:
        return _ask_for_day(request, history, wanted=wanted, problem=str(problem), status=400)
    if entry := in_force_on(history, day):
        return _ask_for_day(request, history, read_as=day, found=entry)
    return _on(request, history, day)


def _on(request: HttpRequest, history: History, day: dt.date) -> HttpResponse:
    entry = in_force_on(history, day)
    if entry is None:
        return not_there_yet(request, _ask_for_day(request, history, day=day, status=404))
    return redirect(entry.version)


def _iso_day(text: str) -> dt.date | None:
    """Return the day of an ISO date such as 2026-11-30; None for anything else."""
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _ask_for_day(request: HttpRequest, history: History, *, status: int = 200, **found: object) -> HttpResponse:
    first = next((entry for entry in reversed(history.entries) if not entry.never_in_force), None)
    context = about(history) | {"first": first, "examples": EXAMPLES} | found
    return render(request, "policies/on.html", context, status=status)


def _one_before(history: History, entry: Entry) -> PolicyVersion | None:
    """Return the version announced just before, withdrawn or not: that is the one its chain covers."""
    before = (e.version for e in history.entries if e.version.sequence == entry.version.sequence - 1)
    return next(before, None)


def _file_name(version: PolicyVersion) -> str:
    ascii_slug = version.slug.encode("ascii", "ignore").decode() or "policy"
    return f"{ascii_slug}-{version.number}"
