"""A walk over the pages of the site by their links, one page for each view."""

import re

from django.urls import Resolver404, resolve

LEADS_AWAY = re.compile(r"/(logout|login|delete|dismiss|toggle|lock|unlock|static|media|autocomplete|jsi18n)")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')


def walk(client, *starts: str) -> dict[str, str]:
    """Follow all links within the site, one page for each view, and return what was answered."""
    waiting, seen, found = list(starts), set(), {}
    while waiting:
        address = waiting.pop(0)
        try:
            view = resolve(address.partition("?")[0]).view_name or address
        except Resolver404:
            view = address
        if address in found or (address not in starts and (view in seen or LEADS_AWAY.search(address))):
            continue
        seen.add(view)
        answer = client.get(address)
        if answer.status_code in (301, 302):
            found[address] = answer.url
            waiting += [answer.url] if answer.url.startswith("/") else []
            continue
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = body.decode("utf-8", "ignore")
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(found[address])]
    return found
