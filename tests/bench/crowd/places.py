"""Where it happens: the site's processes, whoever changes it, and the readers (wrk)."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen

from tests.bench.crowd.zone import lay_zone
from tests.journeys.running import ROOT, free_port, wait_for

POLICY = "/policies/crowd/"
ADDRESSES = (
    "/", "/policies/", POLICY, f"{POLICY}versions/", f"{POLICY}feed.atom", f"{POLICY}versions/1.0/",
    f"{POLICY}versions/1.0/text/", f"{POLICY}compare/1.0/2.0/", "/policies/privacy/", "/policies/terms/",
)  # fmt: skip
MIXED = """
math.randomseed(os.time())
local addresses = {{{addresses}}}
local packings = {{"gzip, deflate, br", "gzip", "identity", "br"}}
local cookies = {{"", "_ga=GA1.1.1; _fbp=fb.1", "theme=dark"}}
local function any(list) return list[math.random(#list)] end
local function word() return string.format("%x", math.random(2^31)) end
request = function()
  local path, headers = any(addresses), {{["Accept-Encoding"] = any(packings), Host = "{host}"}}
  local cookie = any(cookies)
  if cookie ~= "" then headers["Cookie"] = cookie end
  {more}
  return wrk.format("GET", path, headers)
end
"""
# Whatever comes to somebody's mind: most of it changes nothing, some of it is no page of ours.
RANDOM = """
  local dice = math.random(1000)
  headers["User-Agent"] = word()
  headers["X-Forwarded-For"] = word()
  headers["Cookie"] = word() .. "=" .. word()
  if dice <= 4 then path = "/" .. word() .. "/"
  elseif dice <= 6 then path = "/policies/crowd/versions/" .. word() .. "/"
  elseif dice <= 8 then headers["Host"] = word() .. ".example"
  elseif dice <= 10 then path = path .. "?view=" .. word()
  else path = path .. "?utm_source=" .. word() .. "&fbclid=" .. word() end
"""


@dataclass
class Place:
    """A site with a database of its own.

    Attributes:
        env: of each of its processes.
        ports: where its processes listen, each a worker of its own.
        within: what goes before a command, to run it elsewhere.
    """

    folder: Path
    env: dict[str, str]
    host: str = "localhost"
    ports: list[int] = field(default_factory=list)
    within: tuple[str, ...] = ()

    def address(self, port: int) -> str:
        return f"http://{self.host}:{port}"

    @property
    def named(self) -> str:
        """The name by which the site is asked for, at whichever port."""
        return self.env["SITE_URL"].removeprefix("http://")

    def figures(self, port: int) -> dict[str, float]:
        with urllib.request.urlopen(f"{self.address(port)}/figures", timeout=60) as answer:
            return json.loads(answer.read())


def warm(place: Place) -> None:
    """Have every process make every page."""
    for port in place.ports:
        for path in ADDRESSES:
            asked = urllib.request.Request(place.address(port) + path, headers={"Host": place.named})
            with urllib.request.urlopen(asked, timeout=60) as answer:
                answer.read()


def a_place(folder: Path, database: str, *, until_midnight: float = 12 * 3600) -> Place:
    """Args:
    until_midnight: seconds from now after which the day turns there.
    """
    env = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.bench.crowd.settings",
        "DEBUG": "0",
        "EMAIL_URL": "memorymail://",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "CRITICAL",
        "SITE_URL": "http://localhost:8000",
        "PYTHONTZPATH": lay_zone(folder, time.time() + until_midnight),
    }
    return Place(folder, env)


def lay(place: Place) -> None:
    command = [*place.within, sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=place.env, cwd=ROOT, check=True)
    with changing(place) as change:
        change("lay", 0)


@contextmanager
def serving(place: Place, *, processes: int = 2, listen: str = "127.0.0.1", waits: bool = True) -> Iterator[None]:
    """Serve the site by some processes with a port of their own each, as workers of one server have one together."""
    with ExitStack() as stack:
        place.ports[:] = [free_port() for _ in range(processes)]
        for port in place.ports:
            words = ["--interface", "wsgi", "--host", listen, "--port", str(port), "--workers", "1"]
            more = ["--blocking-threads", "64", "--no-ws", "--log-level", "error"]
            command = [
                *place.within,
                sys.executable,
                "-m",
                "granian",
                *words,
                *more,
                "tests.bench.crowd.wsgi:application",
            ]
            server = stack.enter_context(Popen(command, env=place.env, cwd=ROOT))
            stack.callback(server.terminate)
        for port in place.ports:
            if waits:
                wait_for(f"{place.address(port)}/figures")
        yield


@contextmanager
def changing(place: Place) -> Iterator:
    """Yield what does a deed and returns when it was committed."""
    command = [*place.within, sys.executable, "-m", "tests.bench.crowd.deeds"]
    with Popen(command, env=place.env, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as editor:

        def change(deed: str, mark: int) -> float:
            editor.stdin.write(f"{deed} {mark}\n")
            editor.stdin.flush()
            return float(editor.stdout.readline())

        yield change
        editor.stdin.close()


@dataclass
class Readers:
    """What wrk said of one process: requests, p50 and p99 in milliseconds, and what failed."""

    requests: int
    rate: float
    middle: float
    p99: float
    faults: list[str]

    @classmethod
    def of(cls, said: str) -> "Readers":
        unit = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}

        def percentile(name: str) -> float:
            number, of = re.search(rf"\b{name}%\s+([\d.]+)(us|ms|s|m)\b", said).groups()
            return float(number) * unit[of]

        faults = re.findall(r"Socket errors: .*|Non-2xx or 3xx responses: .*", said)
        requests = int(re.search(r"(\d+) requests in", said)[1])
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        return cls(requests, rate, percentile("50"), percentile("99"), faults)


@contextmanager
def reading(
    place: Place, *, connections: int, seconds: int, more: str = "", addresses=ADDRESSES
) -> Iterator[list[Readers]]:
    """Let readers ask each process over so many connections in all; what wrk says is there when the block is left."""
    script = place.folder / f"readers{len(more)}.lua"
    quoted = ", ".join(f'"{address}"' for address in addresses)
    script.write_text(MIXED.format(addresses=quoted, host=place.named, more=more))
    share = str(connections // len(place.ports))
    words = ["wrk", "-t", "1", "-c", share, "-d", f"{seconds}s", "--timeout", "30s", "--latency", "-s", str(script)]
    running = [Popen([*words, place.address(port)], stdout=PIPE, text=True) for port in place.ports]
    found: list[Readers] = []
    yield found
    found += [Readers.of(one.communicate()[0]) for one in running]


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
