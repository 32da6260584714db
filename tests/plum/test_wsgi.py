"""The web server imports the application first of all, with nothing of Django loaded."""

import os
import subprocess
import sys

from tests.plum.starting import RIGHT, ROOT


def test_the_application_is_loaded_by_a_web_server_that_knows_nothing_of_django(tmp_path):
    look = "from plum.wsgi import application; print(type(application.application).__name__)"
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    env = RIGHT | bare | {"DJANGO_SETTINGS_MODULE": "plum.settings.production"}
    (tmp_path / "static").mkdir()
    for megabytes, name in (("64", "FinishedPages"), ("0", "WSGIHandler")):
        mine = env | {"FINISHED_PAGES_MB": megabytes}
        found = subprocess.run([sys.executable, "-c", look], env=mine, capture_output=True, text=True, check=False)
        assert (found.stdout.strip(), found.stderr) == (name, "")
