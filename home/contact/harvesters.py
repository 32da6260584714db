"""Keeps e-mail addresses out of what anybody can fetch: see decision 22. A person gets them by a step."""

import re
from collections.abc import Callable
from typing import Final

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from policies.texts.shy_addresses import closed, opened, shy_html, shy_json, shy_xml

SIGNER: Final = Signer(salt="home.contact.mailbox", sep=".")
# Most answers have neither, and are passed on as they are.
_SIGNS: Final = re.compile(rb"@|mailto:")
# Where people see what is theirs, or only staff look, and mail that waits on a developer's machine.
NOT_PUBLIC: Final = ("/account/", "/cms/", "/dev/")


def link_to(mailbox: str) -> str:
    """Return the address of the page that stands in place of a mailbox. Only mailboxes that we wrote ourselves open."""
    return reverse("write_to", args=[SIGNER.sign(closed(mailbox))])


def mailbox_of(token: str) -> str:
    """Return the mailbox of a link.

    Raises:
        BadSignature: the link is none of ours.
    """
    mailbox = opened(SIGNER.unsign(token))
    if not mailbox:
        raise BadSignature
    return mailbox


def _shy(html: str) -> str:
    return shy_html(html, link_to)


class ShyAddresses:
    """Takes e-mail addresses out of public pages, whoever wrote them there; plain text stays as it was announced."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith(NOT_PUBLIC) and not _is_the_step(request):
            make_shy(response)
        return response


def _is_the_step(request: HttpRequest) -> bool:
    """Programs that collect addresses follow links, and fill in every form that takes a message: not this one."""
    found = request.resolver_match
    return request.method == "POST" and found is not None and found.url_name == "write_to"


def make_shy(response: HttpResponseBase) -> None:
    """Change an answer that is HTML, JSON or XML so that no address stands in it."""
    change = _CHANGES.get(response.headers.get("Content-Type", "").partition(";")[0].strip())
    if change and isinstance(response, HttpResponse) and _SIGNS.search(response.content):
        response.content = change(response.content.decode(response.charset or "utf-8")).encode(
            response.charset or "utf-8"
        )
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))


_CHANGES: Final[dict[str, Callable[[str], str]]] = {
    "text/html": _shy,
    "application/json": shy_json,
    "application/atom+xml": shy_xml,
    "application/xml": shy_xml,
}
