"""The address at which the site is tried."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_passkeys_work_at_the_address_that_make_run_prints(tmp_path):
    """Browsers bind them to a name: at 127.0.0.1 there are none."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    code = "import plum.settings.dev as s; print(s.SITE_URL, s.OTP_WEBAUTHN_RP_ID, *s.OTP_WEBAUTHN_ALLOWED_ORIGINS)"
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, cwd="/")
    address, name, origin = said.stdout.split()
    assert (address, name, origin) == ("http://localhost:8000", "localhost", "http://localhost:8000")
    assert address in (ROOT / "README.md").read_text()
    assert address in (ROOT / "Makefile").read_text()
    assert 'NAME=$([ "$HOST" = 127.0.0.1 ] && echo localhost' in (ROOT / "plum" / "run.sh").read_text()
