"""The audit of dependencies never passes silently where it could not look."""

import os
import subprocess

import pytest
from django.conf import settings

AWAY = "requests.exceptions.ConnectionError: Max retries exceeded"


@pytest.mark.parametrize(
    ("says", "ends", "required", "shown", "status"),
    [
        (AWAY, 1, "", "SKIPPED the dependency audit", 0),
        (AWAY, 1, "0", "SKIPPED the dependency audit", 0),
        (AWAY, 1, "1", "SKIPPED the dependency audit", 1),
        ("No known vulnerabilities found", 0, "1", "No known vulnerabilities found", 0),
        ("Found 1 known vulnerability", 1, "", "Found 1 known vulnerability", 1),
    ],
)
def test_it_says_what_it_could_do(tmp_path, says, ends, required, shown, status):
    pip_audit = tmp_path / "pip-audit"
    pip_audit.write_text(f"#!/bin/sh\necho '{says}'\nexit {ends}\n")
    pip_audit.chmod(0o755)
    ran = subprocess.run(
        ["sh", "tests/audit.sh", pip_audit],
        cwd=settings.BASE_DIR,
        env=os.environ | {"AUDIT_REQUIRED": required},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, shown in ran.stdout) == (status, True)
