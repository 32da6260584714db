"""A process of the benchmark: reads what to do from its input, a line of JSON each, and answers with a line.

Starting Python and Django is not measured: the process stands ready before.
"""

import gc
import json
import os
import resource
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (models can be imported only now)

from tests.bench.notices import contenders, followers, rows, staging  # noqa: E402


def send(contender: str, port: int, **options: Any) -> float:
    """Send what was made ready; return the seconds of processor time that this process and its children used."""
    settings.EMAIL_PORT = port
    gc.collect()
    began = _processor_seconds()
    contenders.SEND[contender](**options)
    return _processor_seconds() - began


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


DOINGS = {
    "build": rows.build,
    "followers": followers.make_followers,
    "people": rows.make_people,
    "prepare": contenders.prepare,
    "send": send,
    "sent": contenders.how_many_were_sent,
    "stage": staging.stage,
    "stage followers": followers.stage,
}


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # Whatever is printed on the way is not an answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        what, options = json.loads(line)
        answers.write(json.dumps(DOINGS[what](**options)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
