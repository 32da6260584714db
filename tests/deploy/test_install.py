"""What deploy/install.sh says before it changes anything. That it installs is tried in a machine that boots."""

import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
# Elsewhere than on a Debian of its own it says so, too; and where a site is installed, it would look at that one.
pytestmark = pytest.mark.skipif(Path("/etc/plum").exists(), reason="there is a site on this machine")


def said(*words: str | Path, script: Path = TOP / "deploy" / "install.sh") -> list[str]:
    done = subprocess.run(["bash", script, "--check", *words], capture_output=True, text=True, check=False)
    return [line.removeprefix("  - ") for line in (done.stdout + done.stderr).splitlines()]


@pytest.fixture
def backup(tmp_path):
    folder = tmp_path / "plum-20261126T024000.000000Z"
    folder.mkdir()
    for name in ("SHA256SUMS", "erasures.jsonl"):
        (folder / name).touch()
    ledger = tmp_path / "ledger" / "erasures.jsonl"
    (folder / "plum.env").write_text(f"SECRET_KEY=x\nERASURE_LEDGER={ledger}\nSITE_URL=https://www.example.org\n")
    return folder, ledger


def test_a_ledger_that_is_not_there_is_said_before_anything_is_installed(backup):
    folder, ledger = backup
    missing = [line for line in said("--restore", folder) if "ledger" in line]
    assert missing[0].startswith(f"There is no ledger of erasures at {ledger}. Put its newest copy there")
    assert not [line for line in said("--restore", folder, "--old-ledger") if "ledger" in line]
    ledger.parent.mkdir()
    ledger.touch()
    assert not [line for line in said("--restore", folder) if "ledger" in line]


def test_what_is_no_whole_release_is_named_by_what_it_lacks(tmp_path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(TOP / "deploy" / "install.sh", tmp_path / "deploy")
    lacking = said("--host", "www.example.org", script=tmp_path / "deploy" / "install.sh")
    assert f"{tmp_path}/pyproject.toml is missing: this is no whole release." in lacking
    assert f"{tmp_path}/deploy is missing: this is no whole release." not in lacking
