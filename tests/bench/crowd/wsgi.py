"""The site's own application, and at /figures what its process says of itself."""

import json
import os
from pathlib import Path

from plum.wsgi import application as site


def application(environ, start_response):
    if environ["PATH_INFO"] != "/figures":
        return site(environ, start_response)
    from home.finished_pages.figures import PREFIX, figures

    found = {figure.name.removeprefix(PREFIX): figure.value for figure in figures()}
    status = Path("/proc/self/status").read_text()
    resident = int(status.split("VmRSS:")[1].split()[0]) / 1024
    body = json.dumps(found | {"pid": os.getpid(), "resident_mb": resident}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
