"""Who reads a page: what signed-in people have opened is remembered, and a banner says what they have not."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from policies.notices.reader.seen import Unseen, record_seen, unseen_by
from policies.reading.who_reads import reader_of
from policies.versions.models import PolicyVersion

# Pages that say in their content what the banner would say.
SAY_IT_THEMSELVES = frozenset({"accounts:overview", "account_policies"})


def note_seen(request: HttpRequest, version: PolicyVersion) -> None:
    """Remember that the reader, if it is a person, has opened the version."""
    reader = reader_of(request) if is_being_read(request) else None
    if reader:
        record_seen(reader, version)


def is_being_read(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: browsers say when they fetch one only in case somebody will."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "GET" and not any("prefetch" in purpose.lower() for purpose in purposes)


def banner(request: HttpRequest) -> dict[str, object]:
    """Let every template know what its reader has not seen yet. Asked for only where it is shown, with one query."""
    return {"unseen_policies": SimpleLazyObject(lambda: unseen_elsewhere(request))}


def unseen_elsewhere(request: HttpRequest) -> list[Unseen]:
    """Return what the reader has not seen yet and this page does not show."""
    reader = reader_of(request)
    match = request.resolver_match
    if reader is None or (match and match.view_name in SAY_IT_THEMSELVES):
        return []
    shown = match.kwargs.get("slug") if match and match.view_name == "policies:changes" else None
    return [unseen for unseen in unseen_by(reader) if unseen.slug != shown]
