"""Makes requests of rubbish over every address, as a visitor, a registered person, an editor and an administrator.

    DJANGO_SETTINGS_MODULE=plum.settings.test python -m tests.rubbish [--requests 100000] [--seed 7] [--first 0]
    … python -m tests.rubbish --only 4711        # makes one of them again, and shows the traceback

Another database by DATABASE_URL; a test database is made in it, and taken away. It ends with 1 if a request ended in an
error of ours; those of other people's code are listed.
"""

# ruff: noqa: E402, T201

import argparse
import sys
import time

import django

django.setup()

from django.db import connection
from django.test.utils import setup_test_environment

from tests.rubbish.addresses import addresses
from tests.rubbish.visiting import Result, visit


def tell(result: Result, seconds: float) -> None:
    count = sum(result.statuses.values())
    listed = ", ".join(f"{status}: {times:,}" for status, times in sorted(result.statuses.items()))
    print(f"{count:,} requests over {len(addresses())} addresses on {connection.vendor} in {seconds:,.0f} s: {listed}")
    for crash in sorted(result.crashes.values(), key=lambda crash: (not crash.is_ours, -crash.count)):
        whose = "OURS" if crash.is_ours else "others'"
        print(f"  {whose} {crash.count:4} × {crash.error}")
        print(f"       at {crash.place}; request {crash.number}: {crash.request}")
        if crash.trace:
            print(crash.trace)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.requests)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    setup_test_environment()
    name, result, began = connection.settings_dict["NAME"], Result(), time.monotonic()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for result in visit(options.seed, numbers, keep_trace=options.only is not None):
            if sum(result.statuses.values()) % 10_000 == 0:
                tell(result, time.monotonic() - began)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    tell(result, time.monotonic() - began)
    return 1 if result.ours else 0


if __name__ == "__main__":
    sys.exit(main())
