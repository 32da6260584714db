"""A Django that is up already. It runs each command in a copy of itself, as `manage.py` would after a start of its own.

A start takes seconds, and the journeys give dozens of commands: one line of JSON for each, one line in answer.
"""

import json
import os
import sys
import tempfile
import traceback


def serve() -> None:
    import django

    django.setup()  # asks no database, so that no copy inherits a connection
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
        sys.stdout.flush()


def run(words: list[str]) -> tuple[int, str, str]:
    """Return the exit code of a command, and what it wrote to its output and to its errors."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        if not (child := os.fork()):
            for file, number in ((open(os.devnull), 0), (out, 1), (err, 2)):  # noqa: SIM115  (the copy ends at once)
                os.dup2(file.fileno(), number)
            os._exit(carry_out(words))
        _, status = os.waitpid(child, 0)
        out.seek(0), err.seek(0)
        return os.waitstatus_to_exitcode(status), out.read(), err.read()


def carry_out(words: list[str]) -> int:
    from django.core.management import execute_from_command_line
    from django.db import connections

    try:
        execute_from_command_line(["manage.py", *words])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:  # a copy must never go on as the original
        traceback.print_exc()
        return 1
    else:
        return 0
    finally:
        connections.close_all()
        sys.stdout.flush(), sys.stderr.flush()


if __name__ == "__main__":
    serve()
