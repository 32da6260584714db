#!/usr/bin/env python3
"""Asks a site for its first page and for what that page is dressed in, and says in one line whether both came.

A process that answers /healthz may still be unable to show a page, so a page is what is asked for.

    deploy/smoke.py https://www.example.org [--at 127.0.0.1:443 | --at unix:/run/plum/web.sock]
"""

import argparse
import http.client
import re
import socket
import ssl
import sys
import time
from urllib.parse import urlsplit

PATIENCE = 180  # seconds in which a site that is just starting must answer


class Wrong(Exception):
    """What came was not what people should get."""


def connection(site: str, at: str) -> http.client.HTTPConnection:
    """Return a connection to a site by its name, wherever it stands; with port 443 by TLS, whoever signed for it."""
    host, _, port = at.rpartition(":")
    found = http.client.HTTPConnection(site)
    if host == "unix":
        found.sock = socket.socket(socket.AF_UNIX)
        found.sock.settimeout(60)  # it takes a connection before it can answer
        found.sock.connect(port)
        return found
    plain = socket.create_connection((host, int(port)), 10)
    if port.endswith("443"):
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        plain = anybody.wrap_socket(plain, server_hostname=site)
    found.sock = plain
    return found


def fetch(site: str, at: str, path: str) -> str:
    """Return a page.

    Raises:
        Wrong: something else came.
        OSError: nothing came.
    """
    asked = connection(site, at)
    try:
        asked.request("GET", path, headers={"Host": site, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
        answer = asked.getresponse()
        body = answer.read().decode(errors="replace")
    finally:
        asked.close()
    if answer.status != 200:
        raise Wrong(f"{path} was answered with {answer.status}")
    return body


def look(site: str, at: str) -> str:
    """Return a sentence about what came.

    Raises:
        Wrong: the page or its stylesheet is not what it should be.
        OSError: nothing came.
    """
    page = fetch(site, at, "/")
    sheet = re.search(r'<link rel="stylesheet" href="(/[^"]+)"', page)
    title = re.search(r"<title>([^<]*)</title>", page)
    if not sheet or not title:
        raise Wrong("/ is no page of Plum")
    fetch(site, at, sheet[1])
    fetch(site, at, "/policies/")
    return f"{site} shows “{title[1].strip()}”, with its stylesheet"


def main() -> str | None:
    parser = argparse.ArgumentParser(description="Ask a site for its first page.")
    parser.add_argument("site", help="its address, such as https://www.example.org")
    parser.add_argument("--at", help="where to ask instead, such as 127.0.0.1:443 or unix:/run/plum/web.sock")
    asked = parser.parse_args()
    name = str(urlsplit(asked.site).hostname)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            print(look(name, asked.at or f"{name}:443"))
            return None
        except (OSError, http.client.HTTPException, Wrong) as problem:
            if time.monotonic() > until:
                return f"{asked.site} does not work: {problem}"
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
