"""`python -m tests.bench.crowd WHAT`: crowd, memory, cold, machines or restart.

Needs wrk and PostgreSQL: DATABASE_URL with an empty database. `machines` needs root and `ip`; `restart` makes a cluster
of its own.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.crowd import changing_under_load, losing_the_database, staying_small, two_machines
from tests.bench.crowd.places import say

COMMANDS = {
    "crowd": changing_under_load.crowd,
    "memory": staying_small.memory,
    "cold": staying_small.cold,
    "machines": two_machines.machines,
    "restart": losing_the_database.restart,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=COMMANDS)
    asked.add_argument("--short", action="store_true", help="half the time; a fiftieth of the requests")
    options = asked.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk makes the load: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        say(f"load before: {os.getloadavg()[0]:.1f}")
        failures = COMMANDS[options.what](folder, short=options.short)
    say(f"load after: {os.getloadavg()[0]:.1f}")
    for failure in failures:
        say(f"NOT REACHED: {failure}")
    sys.exit(bool(failures))


main()
