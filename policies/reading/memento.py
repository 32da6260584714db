"""Datetime negotiation over a policy's versions, as RFC 7089 (Memento) has it.

The policy's address is the original resource and its own TimeGate (pattern 1.1); the pages of its versions are the
mementos. A memento's time is the midnight from which the version was the policy: not when it was announced. A version
that was never in force, or is not yet, was never what the policy's address said, and is no memento.
"""

import datetime as dt

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from policies.reading.contexts import in_force_on, midnight
from policies.reading.full_addresses import absolute
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion

NOT_A_TIME = "Accept-Datetime is not a time as RFC 7089 has it. Write it like this: Thu, 31 May 2007 20:35:00 GMT\n"
NO_VERSION = "No version of this policy has come into force yet.\n"


def mementos(history: History) -> list[PolicyVersion]:
    """Return the versions that are or were in force, oldest first."""
    began = (entry for entry in reversed(history.entries) if not entry.never_in_force)
    return [entry.version for entry in began if entry.version.effective_from <= history.on]


def time_of(version: PolicyVersion) -> str:
    return http_date(midnight(version.effective_from).timestamp())


def time_gate(history: History, wanted: str) -> HttpResponse:
    """Answer a request for the policy at another time: 302 to the version in force then.

    Before the first version it is the first, later than now the one in force now (RFC 7089, 4.5.3).
    """
    selected = _selected(history, wanted)
    if isinstance(selected, PolicyVersion):
        response: HttpResponse = HttpResponseRedirect(selected.get_absolute_url())
    else:
        response = selected
    response.headers["Vary"] = "Accept-Datetime"
    response.headers["Link"] = links(history, selected if isinstance(selected, PolicyVersion) else None)
    return response


def _selected(history: History, wanted: str) -> PolicyVersion | HttpResponse:
    try:
        moment = dt.datetime.fromtimestamp(parse_http_date(wanted.strip()), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return HttpResponse(NOT_A_TIME, status=400, content_type="text/plain; charset=utf-8")
    known = mementos(history)
    if not known:
        return HttpResponse(NO_VERSION, status=404, content_type="text/plain; charset=utf-8")
    entry = in_force_on(history, min(timezone.localdate(moment), history.on))
    return entry.version if entry else known[0]


def headers(history: History, entry: Entry) -> dict[str, str]:
    """Return what the page of a version says of itself in its headers."""
    version = entry.version
    if version not in mementos(history):
        return {"Link": links(history)}
    return {"Memento-Datetime": time_of(version), "Link": links(history, version)}


def links(history: History, here: PolicyVersion | None = None) -> str:
    """Return the Link header of the policy, or of one of its mementos: where the others are."""
    slug = history.entries[0].version.slug
    found = [f'<{absolute("policies:policy", slug)}>; rel="original timegate"', _timemap_link(slug, "timemap")]
    return ", ".join(found + [_memento_link(version, roles) for version, roles in _neighbours(history, here)])


def timemap(history: History) -> str:
    """Return the list of all mementos in application/link-format (RFC 7089, 5)."""
    slug = history.entries[0].version.slug
    known = mementos(history)
    found = [f'<{absolute("policies:policy", slug)}>; rel="original timegate"']
    span = f'; from="{time_of(known[0])}"; until="{time_of(known[-1])}"' if known else ""
    found.append(_timemap_link(slug, "self") + span)
    found += [_memento_link(version, _ends(known, place)) for place, version in enumerate(known)]
    return ",\n".join(found) + "\n"


def _neighbours(history: History, here: PolicyVersion | None) -> list[tuple[PolicyVersion, list[str]]]:
    """Return the first and the last memento, this one, and those before and after it, each with its roles."""
    known = mementos(history)
    at = known.index(here) if here else None
    found = []
    for place, version in enumerate(known):
        roles = _ends(known, place)
        if at is not None:
            roles += {at - 1: ["prev"], at + 1: ["next"]}.get(place, [])
        if roles or place == at:
            found.append((version, roles))
    return found


def _ends(known: list[PolicyVersion], place: int) -> list[str]:
    return ["first"] * (place == 0) + ["last"] * (place == len(known) - 1)


def _memento_link(version: PolicyVersion, roles: list[str]) -> str:
    address = absolute("policies:version", version.slug, version.number)
    return f'<{address}>; rel="{" ".join([*roles, "memento"])}"; datetime="{time_of(version)}"'


def _timemap_link(slug: str, role: str) -> str:
    return f'<{absolute("policies:timemap", slug)}>; rel="{role}"; type="application/link-format"'
