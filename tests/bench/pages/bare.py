"""The bare server: one answer, recorded from the site, with all of its headers."""

import json
import os
from pathlib import Path

RECORDED = json.loads(Path(os.environ["RECORDED"]).read_text())
BODY = RECORDED["body"].encode()
# "close" was the answer to who recorded it: said to everybody, it costs the peer half of its rate.
NOT_THE_PAGES = {"connection", "content-encoding", "date", "server"}
HEADERS = [(name, value) for name, value in RECORDED["headers"] if name.lower() not in NOT_THE_PAGES]


def application(environ, start_response):
    if environ.get("HTTP_IF_NONE_MATCH"):
        start_response("304 Not Modified", [header for header in HEADERS if header[0].lower() != "content-length"])
        return []
    start_response("200 OK", HEADERS)
    return [BODY]
