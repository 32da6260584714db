"""deploy/reload turns nobody away: the real script and the real unit's commands, under load, over our nginx site."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.deploy.drilling import TOP, Place, new_place
from tests.deploy.filling import migrate
from tests.deploy.in_front import NAME, PATIENCE, SHIPPED, Proxy, nginx

CODE = ("accounts", "deploy", "home", "plum", "policies", "templates", "manage.py")
FORM = "/account/login/"
# What a site answers with that is there. A form without a token is refused by the site itself.
ANSWERS = {("GET", "/"): 200, ("GET", "/policies/"): 200, ("GET", FORM): 200, ("POST", FORM): 403}
# In the place of systemd, which does not run where tests do: each service is what its unit says.
SYSTEMCTL = Path(__file__).parent / "systemctl.py"
SLOW = "/slow/"
MARK = """
def marked(behind):
    import os, time
    def ask(environ, start):
        while environ["PATH_INFO"] == "/slow/" and not os.path.exists("{go}"):
            time.sleep(0.1)
        def say(status, headers, *more):
            return start(status, [*headers, ("X-Release", "{name}")], *more)
        return behind(environ, say)
    return ask
application = marked(application)
"""


@dataclass
class Machine:
    """Releases beside each other, units, and a link to what is in use, in a folder instead of in /."""

    folder: Path
    place: Place

    @property
    def plum(self) -> Path:
        return self.folder / "opt"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def go(self) -> Path:
        """What slow answers wait for."""
        return self.folder / "go"

    @property
    def in_use(self) -> Path:
        """The socket that nginx asks."""
        return (self.run / "web.sock").resolve()

    def lay(self, name: str, last_lines: str = MARK, patience: int = 180) -> None:
        """Lay a release that says its name with each answer, and let it be the current one."""
        release = self.plum / "releases" / name
        release.mkdir(parents=True)
        for part in CODE:
            copy = shutil.copytree if (TOP / part).is_dir() else shutil.copy2
            copy(TOP / part, release / part)
        (release / ".venv").symlink_to(sys.prefix)
        with (release / "plum" / "wsgi.py").open("a") as file:
            file.write(last_lines.replace("{name}", name).replace("{go}", str(self.go)))
        for shipped in ("reload", "smoke.py", "systemd/plum-web@.service"):
            path = release / "deploy" / shipped
            path.write_text(self.here(path.read_text()).replace("PATIENCE = 180", f"PATIENCE = {patience}"))
        link = self.plum / "next"
        link.symlink_to(release)
        link.rename(self.plum / "current")

    def here(self, text: str) -> str:
        """Return what we ship with the folders of this machine."""
        for old, new in {
            "/opt/plum": self.plum, "/run/plum": self.run, "/etc/plum/plum.env": self.place.folder / "plum.env",
        }.items():  # fmt: skip
            text = text.replace(old, str(new))
        return text

    def reload(self) -> subprocess.CompletedProcess[str]:
        command = [self.plum / "current" / "deploy" / "reload"]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    @property
    def env(self) -> dict[str, str]:
        ours = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "UNITS": f"{self.plum}/current/deploy/systemd"}
        return self.place.env | ours | {"SERVICES": str(self.folder / "services")}

    def systemctl(self, *words: str) -> None:
        subprocess.run([self.folder / "bin" / "systemctl", *words], env=self.env, check=True)


@dataclass
class Clients:
    """Ask all the time, over connections that are kept, as browsers do."""

    proxy: Proxy
    seen: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    enough: Event = field(default_factory=Event)

    def ask(self, method: str, path: str) -> None:
        while not self.enough.is_set():
            try:
                with closing(connected(self.proxy)) as connection:
                    self.ask_on(connection, method, path)
            except (OSError, http.client.HTTPException) as problem:
                self.wrong.append(f"{method} {path}: {problem!r}")

    def ask_on(self, connection: http.client.HTTPConnection, method: str, path: str) -> None:
        while connection.sock and not self.enough.is_set():
            connection.request(method, path, headers={"Host": NAME})
            answer = connection.getresponse()
            answer.read()
            self.seen[answer.headers["X-Release"]] += 1
            if answer.status != ANSWERS[method, path]:
                self.wrong.append(f"{method} {path}: {answer.status}")
            time.sleep(0.02)

    @contextmanager
    def asking(self):
        threads = [Thread(target=self.ask, args=what) for what in ANSWERS for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.enough.set()
            for thread in threads:
                thread.join()


def connected(proxy: Proxy) -> http.client.HTTPConnection:
    """A connection over TLS, which the proxy may close after an answer."""
    found = http.client.HTTPConnection(NAME, timeout=PATIENCE)
    plain = socket.create_connection(("127.0.0.1", proxy.https), PATIENCE)
    found.sock = proxy.trusted.wrap_socket(plain, server_hostname=NAME)
    found.auto_open = False
    return found


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    with new_place("sqlite", folder / "var") as place:
        made = Machine(folder, place)
        for one in ("run", "bin", "services"):
            (folder / one).mkdir()
        (folder / "bin" / "systemctl").symlink_to(SYSTEMCTL)
        place.more["TRUSTED_PROXIES"] = "1"
        (place.folder / "plum.env").write_text(f'SITE_URL="{place.env["SITE_URL"]}"\n')  # quotes, as systemd takes them
        migrate(place)
        place.manage("collectstatic", "--noinput", "-v", "0")
        place.manage("set_up", "--no-input", "--name", "Acme Dental Ltd")
        made.lay("first")
        done = made.reload()
        try:
            assert done.returncode == 0, done.stderr
            yield made
        finally:
            made.systemctl("stop", "plum-web@1", "plum-web@2")


@pytest.fixture(scope="module")
def front(machine, tmp_path_factory):
    with nginx(tmp_path_factory.mktemp("nginx"), socket=machine.run / "web.sock") as found:
        yield found


def test_nobody_is_turned_away_while_the_release_is_changed(machine, front):
    in_use = machine.in_use
    with Clients(front).asking() as clients:
        comes(lambda: clients.seen.total() > 50, clients)
        machine.lay("second")
        done = machine.reload()
        assert done.returncode == 0, done.stderr
        before = clients.seen["second"]
        comes(lambda: clients.seen["second"] > before + 50, clients)
    assert clients.wrong == []
    (first,) = {*clients.seen} - {"second"}
    assert min(clients.seen[first], clients.seen["second"]) > 50
    assert machine.in_use != in_use
    assert [*machine.run.glob("web-?.sock")] == [machine.in_use]


def test_a_release_that_does_not_start_takes_nothing_over(machine, front):
    in_use = machine.in_use
    with Clients(front).asking() as clients:
        machine.lay("broken", "raise RuntimeError\n", patience=8)
        done = machine.reload()
    assert done.returncode == 1
    assert "The one before goes on" in done.stderr
    assert clients.wrong == []
    assert "broken" not in clients.seen
    assert machine.in_use == in_use


def test_whoever_is_being_answered_is_answered_to_the_end(machine, front):
    before = machine.in_use
    with closing(connected(front)) as slow, ThreadPoolExecutor() as beside:
        slow.request("GET", SLOW, headers={"Host": NAME})
        machine.lay("third")
        reloaded = beside.submit(machine.reload)
        comes(lambda: machine.in_use != before, reloaded)
        time.sleep(4)  # the one before was told to stop
        assert not reloaded.done()
        machine.go.touch()
        assert slow.getresponse().status == 404
    assert reloaded.result().returncode == 0
    assert not before.exists()


def comes(true, who):
    for _ in range(2400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not come: {who}")


def test_the_unit_and_the_proxies_speak_of_the_same_socket():
    for path in ("nginx/plum.conf", "nginx/plum-cache.conf", "Caddyfile", "reload", "systemd/plum-web@.service"):
        text = (SHIPPED / path).read_text()
        assert "/run/plum" in text, path
        assert "web.sock" in text, path
