"""The systemd units: hardened all alike, and known to systemd word by word."""

import shutil
import subprocess
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "deploy" / "systemd"
UNITS = ("plum-web@1", "plum-worker@1", "plum-housekeeping", "plum-verify", "plum-backup")
MOST = 2.0  # of 10, by `systemd-analyze security`


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A machine's folder with our units in it, and programs where they look for them."""
    top = tmp_path_factory.mktemp("tree")
    shutil.copytree(SHIPPED, top / "etc" / "systemd" / "system")
    for program in ("bin/sh", "opt/plum/current/.venv/bin/python", "opt/plum/current/.venv/bin/granian"):
        (top / program).parent.mkdir(parents=True, exist_ok=True)
        (top / program).touch(mode=0o755)
    return top


@pytest.mark.parametrize("unit", UNITS)
def test_a_service_is_exposed_no_more_than_it_must(tree, unit):
    command = ["systemd-analyze", "security", "--offline=true", f"--root={tree}", f"--threshold={MOST * 10:.0f}"]
    done = subprocess.run([*command, "--no-pager", f"{unit}.service"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_service_without_the_hardening_would_be_noticed(tree, tmp_path):
    bare = tmp_path / "etc" / "systemd" / "system"
    bare.mkdir(parents=True)
    shutil.copy(SHIPPED / "plum-web@.service", bare)
    command = ["systemd-analyze", "security", "--offline=true", f"--root={tmp_path}", f"--threshold={MOST * 10:.0f}"]
    done = subprocess.run([*command, "--no-pager", "plum-web@1.service"], capture_output=True, check=False)
    assert done.returncode == 1


def test_every_service_is_one_that_is_looked_at():
    found = {path.stem.replace("@", "@1") for path in SHIPPED.glob("*.service")}
    assert found == set(UNITS)
