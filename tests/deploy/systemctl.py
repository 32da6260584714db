#!/usr/bin/env python3
"""What deploy/reload asks of systemctl, where no systemd runs: starts and stops what the units say.

UNITS is the folder of the units, SERVICES one for what is remembered of each.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS, SERVICES = Path(os.environ["UNITS"]), Path(os.environ["SERVICES"])


def unit(name: str) -> dict[str, list[str]]:
    template, _, instance = name.partition("@")
    text = (UNITS / f"{template}@.service").read_text().replace("\\\n", " ").replace("%i", instance)
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"(?m)^(\w+)=(.*)$", text):
        found.setdefault(key, []).append(value)
    return found


def start(name: str) -> None:
    lines = unit(name)
    given = dict(pair.split("=", 1) for line in lines["Environment"] for pair in shlex.split(line))
    env, where = given | os.environ, UNITS.parents[1]
    for command in lines["ExecStartPre"]:
        if subprocess.run(shlex.split(command), env=env, cwd=where, check=False).returncode:
            sys.exit(1)
    with (SERVICES / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            shlex.split(lines["ExecStart"][0]), env=env, cwd=where, stdout=log, stderr=log, start_new_session=True
        )
    (SERVICES / name).write_text(str(process.pid))
    for command in lines["ExecStartPost"]:
        subprocess.run(shlex.split(command), env=env, check=True)


def stop(name: str) -> None:
    remembered = SERVICES / name
    if not remembered.exists():
        return
    process = int(remembered.read_text())
    remembered.unlink()
    try:
        os.kill(process, signal.SIGTERM)
        while Path(f"/proc/{process}").exists() and " Z " not in Path(f"/proc/{process}/stat").read_text():
            time.sleep(0.05)
    except (ProcessLookupError, FileNotFoundError):
        pass


def main() -> None:
    verb, *rest = sys.argv[1:]
    for name in (word for word in rest if not word.startswith("--")):
        if verb in ("restart", "stop") or "--now" in rest:
            stop(name)
        if verb in ("restart", "start"):
            start(name)


main()
