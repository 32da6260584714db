"""The bare server: one answer, recorded from the site, with all of its headers."""

import json
import os
from pathlib import Path

RECORDED = json.loads(Path(os.environ["RECORDED"]).read_text())
BODY = RECORDED["body"].encode()
HEADERS = [
    (name, value) for name, value in RECORDED["headers"] if name.lower() not in {"content-encoding", "date", "server"}
]


def application(environ, start_response):
    if environ.get("HTTP_IF_NONE_MATCH"):
        start_response("304 Not Modified", [header for header in HEADERS if header[0].lower() != "content-length"])
        return []
    start_response("200 OK", HEADERS)
    return [BODY]
