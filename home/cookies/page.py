"""The page about cookies: what is kept on devices, why, and what people can choose."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.values.country import LAW
from accounts.values.wording import Words
from home.cookies.declared.declarations import NOT_COUNTED
from home.cookies.declared.stored import Need, Stored
from home.cookies.register.telling import declared
from home.cookies.remembering import choices
from home.cookies.same_site import local_page
from policies.versions.models import PolicyVersion

POLICY = "cookies"
CHECKED = Path(__file__).with_name("checked.json")


@dataclass(frozen=True, slots=True)
class Part:
    """The entries that the law lets us keep for one reason."""

    key: str
    title: Words
    words: Words
    entries: list[Stored]


@dataclass(frozen=True, slots=True)
class Check:
    """A run of the browser that looks at what is kept: when, of which code, over how many pages, in which states."""

    day: dt.date
    commit: str
    pages: int
    states: list[str]
    table: str


WORDS = {
    Need.ESSENTIAL: (_("Strictly necessary"), LAW.ABOUT_NECESSARY),
    Need.FUNCTIONAL: (_("For how pages look and work"), LAW.ABOUT_CHOSEN),
    Need.CONSENT: (_("Only if you agree"), _("Set after you have agreed, and deleted when you take that back.")),
}


def parts(entries: Iterable[Stored]) -> list[Part]:
    """Return what is kept on everybody's devices, by the reason for which we may; reasons without an entry left out."""
    found = list(entries)
    return [
        Part(need.value, *WORDS[need], [stored for stored in found if stored.need == need])
        for need in Need
        if any(stored.need == need for stored in found)
    ]


@cache
def last_check() -> Check | None:
    """Return what the newest run of `make cookie-evidence` has kept, as it came with the software."""
    if not CHECKED.exists():
        return None
    found = json.loads(CHECKED.read_text())
    return Check(dt.date.fromisoformat(found["day"]), found["commit"], found["pages"], found["states"], found["table"])


@require_safe
@vary_on_headers("Cookie", "Sec-GPC")
@cache_control(private=True, max_age=0, must_revalidate=True)
def cookies(request: HttpRequest) -> HttpResponse:
    """Show what is kept in browsers, what is chosen there, and how and when that was checked."""
    entries = declared()
    in_force = PolicyVersion.objects.outline().in_force(on=timezone.localdate()).of(POLICY).first()
    context = {
        "parts": parts(stored for stored in entries if not stored.of_staff),
        "of_staff": [stored for stored in entries if stored.of_staff],
        "policy": in_force,
        "check": last_check(),
        "about_consent": LAW.ABOUT_CONSENT,
        "counts_pages": choices().counts_pages,
        "not_counted": request.COOKIES.get(NOT_COUNTED) == "1",
        "browser_says_no": request.headers.get("Sec-GPC") == "1",
        "came_from": local_page(request.GET.get("from", ""), request),
    }
    return render(request, "home/cookies/cookies.html", context)
