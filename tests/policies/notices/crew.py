"""Workers in processes of their own, to be killed, stopped and replaced; each is forked in a moment.

Run as a script it starts a worker whenever it reads a line, and prints the worker's number.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[3]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class Crew:
    """Workers that send until nothing is left."""

    process: subprocess.Popen
    pids: list[int] = field(default_factory=list)

    def start(self) -> int:
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        self.pids.append(int(self.process.stdout.readline()))
        return self.pids[-1]

    def alive(self) -> list[int]:
        return [pid for pid in self.pids if Path(f"/proc/{pid}").exists()]

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.001)

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.alive():
            assert time.monotonic() < end, "the workers do not come to an end"
            time.sleep(0.05)


@contextmanager
def a_crew(
    database_url: str, port: int, *, lease: float, connections: int, host: str = "127.0.0.1", within: Sequence[str] = ()
) -> Iterator[Crew]:
    """Workers that send to this port, none started yet. `lease` is in seconds; `within` is a command to run them by."""
    options = {"host": host, "port": port, "lease": lease, "connections": connections}
    env = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "plum.settings.test"}
    command = [*within, sys.executable, "-m", "tests.policies.notices.crew", json.dumps(options)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    crew = Crew(process)
    try:
        yield crew
    finally:
        for pid in crew.alive():
            os.kill(pid, signal.SIGKILL)
        process.stdin.close()
        process.wait(10)


@dataclass
class Sink:
    """The mail server and what it has written down."""

    log: Path
    port: int
    seconds: float = 0
    process: subprocess.Popen | None = None

    def start(self) -> None:
        script = Path(__file__).with_name("sink.py")
        command = [sys.executable, str(script), str(self.port), str(self.log), str(self.seconds)]
        self.process = subprocess.Popen(command)
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.02)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def taken(self) -> Counter[str]:
        """How often each person's mail was taken."""
        return Counter(line.split()[0] for line in self.log.read_text().splitlines())

    def message_ids(self) -> int:
        """How many different mails were taken."""
        return len({line.split()[1] for line in self.log.read_text().splitlines()})

    def wait_for(self, mails: int, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while self.taken().total() < mails:
            assert time.monotonic() < end, "nothing is sent"
            time.sleep(0.02)


@contextmanager
def a_sink(log: Path, seconds: float = 0) -> Iterator[Sink]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log.touch()
    sink = Sink(log, port, seconds)
    sink.start()
    try:
        yield sink
    finally:
        sink.kill()


def kill_at_random(crew: Crew, kills: int, chance: Random, pauses: tuple[float, float]) -> None:
    """Kill one worker after the other, each at a random moment, and put a new one in its place."""
    for _ in range(kills):
        time.sleep(chance.uniform(*pauses))
        if alive := crew.alive():
            crew.kill(chance.choice(alive))
            crew.start()


def stop_past_its_lease(crew: Crew, lease: float) -> None:
    """Stop a worker until another has taken over, and let it go on."""
    stopped = crew.alive()[0]
    os.kill(stopped, signal.SIGSTOP)
    time.sleep(lease + 0.3)
    crew.start()
    time.sleep(0.5)
    os.kill(stopped, signal.SIGCONT)


def check(sink: Sink, *, people: int, repeated_at_most: int) -> int:
    """Everybody's mail was taken, and as few twice as may be; each mail of one person has the same Message-ID."""
    taken = sink.taken()
    assert len(taken) == people
    assert taken.total() - people <= repeated_at_most
    assert sink.message_ids() == people
    return taken.total() - people


def _work(options: dict) -> None:
    import datetime as dt

    from django.conf import settings

    from policies.notices.models import AmendmentNotice
    from policies.notices.sending.finishing import recover
    from policies.notices.sending.lease import AWAY
    from policies.notices.sending.loop import send

    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": options["host"], "EMAIL_PORT": options["port"]}
    settings.NOTICES_LEASE = dt.timedelta(seconds=options["lease"])
    settings.NOTICES_CONNECTIONS = options["connections"]
    settings.NOTICES_RETRY_AFTER = dt.timedelta(0)
    while True:
        try:
            recover()
            if not AmendmentNotice.objects.unfinished().exists():
                return
            send(during=None)
        except AWAY:
            from django.db import connection

            connection.close()
        time.sleep(0.05)


def _main() -> None:
    import django

    django.setup()
    import policies.notices.sending  # noqa: F401  (once for all workers)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work(json.loads(sys.argv[1]))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
