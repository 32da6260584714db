"""The mail server of the benchmark: Postfix's smtp-sink, which takes everything, and a way to be far away from it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"
SINK = os.environ.get("SMTP_SINK") or shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "no smtp-sink: `apt-get install postfix`, or set SMTP_SINK to where it is"
PATIENCE_SECONDS = 10


@contextmanager
def running_sink() -> Iterator[int]:
    """Run smtp-sink and give its port."""
    path, port = Path(SINK or ""), _free_port()
    # Unpacked somewhere else, it does not find its own libraries.
    libraries = {"LD_LIBRARY_PATH": str(path.parent.parent / "lib" / "postfix")}
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with _running([str(path), *as_user, f"{HOST}:{port}", "256"], env=os.environ | libraries):
        _wait_for(port)
        yield port


@contextmanager
def at_a_distance(port: int, seconds: float) -> Iterator[int]:
    """Run a server whose every answer is that of the server at `port`, later by so many seconds."""
    own = _free_port()
    script = Path(__file__).with_name("distance.py")
    with _running([sys.executable, str(script), str(own), str(port), str(seconds)]):
        _wait_for(own)
        yield own


def round_trip(port: int) -> float:
    """The seconds that the server takes to answer NOOP: the median of some."""
    with socket.create_connection((HOST, port)) as sock:
        sock.recv(1000)
        taken = []
        for _ in range(21):
            began = time.perf_counter()
            sock.sendall(b"NOOP\r\n")
            sock.recv(1000)
            taken.append(time.perf_counter() - began)
    return sorted(taken)[10]


@contextmanager
def _running(command: list[str], **options) -> Iterator[None]:
    process = subprocess.Popen(command, **options)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return sock.getsockname()[1]


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(ConnectionRefusedError), socket.create_connection((HOST, port)) as sock:
            sock.recv(1000)
            sock.sendall(b"QUIT\r\n")
            return
        time.sleep(0.05)
    raise TimeoutError(f"Nobody listens at port {port}.")
