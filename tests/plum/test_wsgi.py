"""The web server imports the application first of all, with nothing of Django loaded."""

import os
import subprocess
import sys

from tests.plum.starting import RIGHT, ROOT


def test_the_application_is_loaded_by_a_web_server_that_knows_nothing_of_django(tmp_path):
    look = "import gc; from plum.wsgi import application; "
    look += "print(type(application.application).__name__, gc.isenabled(), gc.get_freeze_count() > 100_000)"
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    env = RIGHT | bare | {"DJANGO_SETTINGS_MODULE": "plum.settings.production"}
    (tmp_path / "static").mkdir()
    for megabytes, name in (("64", "FinishedPages"), ("0", "WSGIHandler")):
        mine = env | {"FINISHED_PAGES_MB": megabytes}
        found = subprocess.run([sys.executable, "-c", look], env=mine, capture_output=True, text=True, check=False)
        assert (found.stdout.strip(), found.stderr) == (f"{name} True True", "")


ASK = """
import sys, threading
from io import BytesIO
from plum.wsgi import application
names = lambda: "watch" in [thread.name for thread in threading.enumerate()]
before = names()
asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "QUERY_STRING": "", "SERVER_NAME": "www.example.org",
    "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "www.example.org", "REMOTE_ADDR": "127.0.0.1",
    "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "https"}
body = b"".join(application(asked, lambda status, *_: None))
print(before, body.decode().strip(), names())
"""


def test_with_its_first_request_each_process_begins_to_watch_the_housekeeping(tmp_path):
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    env = RIGHT | bare | {"DJANGO_SETTINGS_MODULE": "plum.settings.production", "LOG_LEVEL": "ERROR"}
    (tmp_path / "static").mkdir()
    found = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=False)
    assert found.stdout.strip() == "False ok True", found.stderr
