"""`python -m tests.bench.pages`: one table, all contenders in turn in each round. Needs wrk; takes nginx where it is.

With DATABASE_URL the demo site is laid there; without, into SQLite.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.journeys.running import ROOT, free_port, wait_for

PAGE = "/policies/privacy/"
NGINX = """
worker_processes 2; pid {folder}/nginx.pid; error_log stderr crit; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} default_type text/html;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""


@contextmanager
def process(command, env, url):
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        wait_for(url)
        yield
    finally:
        server.terminate()
        server.wait(20)


def granian(application, port):
    words = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    return [sys.executable, "-m", "granian", *words, "--log-level", "error", application]


def lay_site(env):
    env = env | {"DEBUG": "1"}
    for words in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *words], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def record(url, path):
    with urllib.request.urlopen(url) as answer:
        body = answer.read().decode()
        path.write_text(json.dumps({"headers": answer.headers.items(), "body": body}))
    return body, answer.headers["ETag"]


def wrk(url, connections, seconds, headers):
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    faults = re.search(r"Socket errors: (.*)", said) or re.search(r"Non-2xx or 3xx responses: (.*)", said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), faults and faults[0]


def contenders(stack, folder, env):
    """Start all servers and return what is asked: name, address, headers."""
    ports = {name: free_port() for name in ("stored", "made", "plain", "bare", "nginx")}
    at = {name: f"http://localhost:{port}" for name, port in ports.items()}
    health = {"stored": "/healthz", "made": "/healthz", "plain": "/about/", "bare": "/", "nginx": "/page.html"}

    def start(name, application, **more):
        mine = env | {"SITE_URL": at[name]} | more
        stack.enter_context(process(granian(application, ports[name]), mine, at[name] + health[name]))

    start("stored", "plum.wsgi:application")
    start("made", "plum.wsgi:application", FINISHED_PAGES_MB="0")
    start("plain", "tests.bench.pages.plain_wsgi:application", DJANGO_SETTINGS_MODULE="tests.bench.pages.plain")
    body, etag = record(at["stored"] + PAGE, folder / "recorded.json")
    start("bare", "tests.bench.pages.bare:application", RECORDED=str(folder / "recorded.json"))
    foreign = {"Cookie": "_ga=GA1.1.1; _fbp=fb.1", "Accept-Encoding": "gzip, deflate, br, zstd"}
    found = [
        ("bare 200", at["bare"] + PAGE, {}),
        ("bare 304", at["bare"] + PAGE, {"If-None-Match": etag}),
        ("plain Wagtail", at["plain"] + "/about/", {}),
        ("stored 200", at["stored"] + PAGE, {}),
        ("stored 304", at["stored"] + PAGE, {"If-None-Match": etag}),
        ("stored gzip", at["stored"] + PAGE, {"Accept-Encoding": "gzip"}),
        ("stored br, foreign cookies", at["stored"] + PAGE + "?utm_source=mail", foreign),
        ("stored home", at["stored"] + "/", {}),
        ("stored redline", at["stored"] + PAGE + "compare/1.0/2.0/", {}),
        ("made policy", at["made"] + PAGE, {}),
        ("made home", at["made"] + "/", {}),
        ("made versions", at["made"] + PAGE + "versions/", {}),
        ("made redline", at["made"] + PAGE + "compare/1.0/2.0/", {}),
        ("made text", at["made"] + PAGE + "versions/1.0/text/", {}),
    ]
    if program := shutil.which("nginx"):
        (folder / "www").mkdir()
        (folder / "www" / "page.html").write_text(body)
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=ports["nginx"]))
        command = [program, "-c", str(folder / "nginx.conf")]
        stack.enter_context(process(command, env, at["nginx"] + health["nginx"]))
        found.insert(0, ("nginx file", at["nginx"] + "/page.html", {}))
    return found


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=2)
    asked.add_argument("--connections", type=int, nargs="+", default=[1, 16, 200])
    options = asked.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk makes the load: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        env = os.environ | {
            "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}"),
            "DJANGO_SETTINGS_MODULE": "plum.settings.dev",
            "DEBUG": "0",
            "EMAIL_URL": "memorymail://",
            "VAR_DIR": name,
            "LOG_LEVEL": "ERROR",
        }
        lay_site(env)
        run(contenders(stack, folder, env), options)


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def run(found, options):
    rates, faults = defaultdict(list), {}
    for _ in range(options.rounds):
        for connections in options.connections:
            for name, url, headers in random.sample(found, len(found)):
                rate, fault = wrk(url, connections, options.seconds, headers)
                rates[name, connections].append(rate)
                if fault:
                    faults[name, connections] = fault
    say(f"load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds, requests a second (× bare 200, × plain)")
    for name, *_ in found:
        line = f"{name:28}"
        for connections in options.connections:
            mine, bare, plain = (
                statistics.median(rates[one, connections]) for one in (name, "bare 200", "plain Wagtail")
            )
            line += f"  c{connections}: {mine:8.0f} ({mine / bare:5.2f}, {mine / plain:7.1f})"
        say(line + "  " + "; ".join(f"c{c}: {fault}" for (one, c), fault in faults.items() if one == name))


main()
