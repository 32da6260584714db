"""A mail server that misbehaves as it is told: per person, per connection, at any point of the talk."""

import enum
import queue
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Accepted:
    """A mail as it was taken: its body without the doubled dots."""

    recipient: str
    message_id: str
    body: bytes


@dataclass
class Server:
    """What a test sees of a server."""

    host: str = HOST
    port: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    connections: int = 0

    @property
    def recipients(self) -> list[str]:
        return [mail.recipient for mail in self.accepted]

    def take(self, recipients: list[str], body: bytes) -> None:
        message_id = BytesHeaderParser().parsebytes(body)["Message-ID"] or ""
        self.accepted += [Accepted(recipient, message_id.strip(), body) for recipient in recipients]


class At(enum.Enum):
    CONNECT = "before the greeting"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "in the middle of the mail"
    DOT = "behind the dot, nothing written down"
    TAKEN = "behind the dot, written down, not answered yet"


class Then(enum.Enum):
    GO_ON = "go on"
    DROP = "drop the connection"
    HANG = "say nothing until the test says release.set()"


@dataclass(frozen=True)
class Rule:
    """At this point say `reply` (the address is added), then go on, drop or hang; `times`: only so often.

    A reply of 421 closes as well. A rule's key is an address, its local part, or what follows the last "+" in that:
    the sender "notices+p1@example.org" brings MAIL FROM under p1's rule too. The key "*" is everybody.
    """

    at: At
    reply: str = ""
    then: Then = Then.GO_ON
    times: int | None = None


@dataclass
class ScriptedServer(Server):
    rules: dict[str, Rule] = field(default_factory=dict)
    pipelining: bool = True
    data_without_recipients: str = "354 go on"
    byte_by_byte: bool = False
    mails_per_connection: int | None = None
    size: int | None = None
    smtputf8: bool = False
    latency: float = 0  # seconds, before each answer
    forgets_mail: bool = False  # takes RCPT although MAIL was refused
    lone_dots: int = 0
    too_early: int = 0  # how often something came before it was allowed
    mail_commands: list[str] = field(default_factory=list)
    cut_off: queue.Queue = field(default_factory=queue.Queue)  # what came of mails that never ended
    release: threading.Event = field(default_factory=threading.Event)
    used: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def rule(self, at: At, address: str) -> Rule | None:
        local = address.rsplit("@", 1)[0]
        for name in (address, local, local.rsplit("+", 1)[-1], "*"):
            rule = self.rules.get(name)
            if rule and rule.at is at:
                with self.lock:
                    self.used[name, at] += 1
                    return rule if rule.times is None or self.used[name, at] <= rule.times else None
        return None


class _Gone(Exception):
    """The connection ends here."""


class _Talk(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.script: ScriptedServer = self.server.script
        with self.script.lock:
            self.script.connections += 1
            self.server.open.add(self.connection)
        self.mails, self.sender, self.recipient = 0, None, None
        with suppress(_Gone, OSError):
            self.obey(At.CONNECT, "")
            self.say("220 scripted.example ESMTP")
            while line := self.rfile.readline():
                self.command(line.decode().rstrip("\r\n"))

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        with self.script.lock:
            self.server.open.discard(self.connection)

    def command(self, line: str) -> None:
        verb = line.split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0].upper()
        if verb == "DATA" or not self.script.pipelining:
            self.nothing_may_wait()
        time.sleep(self.script.latency)
        getattr(self, f"on_{verb.lower()}", self.on_other)(line)

    def on_ehlo(self, line: str) -> None:
        offers = ["scripted.example"]
        offers += ["PIPELINING"] * self.script.pipelining + ["SMTPUTF8"] * self.script.smtputf8
        offers += [f"SIZE {self.script.size}"] if self.script.size else []
        self.say("\r\n".join([*(f"250-{offer}" for offer in offers), "250 HELP"]))

    def on_mail(self, line: str) -> None:
        self.script.mail_commands.append(line)
        if self.mails == self.script.mails_per_connection:
            self.say("421 enough for one connection")
            raise _Gone
        self.sender = self.recipient = None
        address = line.partition("<")[2].rpartition(">")[0]
        if not self.obey(At.MAIL, address):
            self.sender = address
            self.say("250 sender OK")

    def on_rcpt(self, line: str) -> None:
        address = line.partition("<")[2].rpartition(">")[0]
        if self.sender is None and not self.script.forgets_mail:
            self.say("503 MAIL first")
        elif not self.obey(At.RCPT, address):
            self.recipient = address
            self.say("250 recipient OK")

    def on_data(self, line: str) -> None:
        if self.recipient is None:
            self.say(self.script.data_without_recipients)
            if not self.script.data_without_recipients.startswith("354"):
                return
        elif self.obey(At.DATA, self.recipient):
            return
        else:
            self.say("354 go on")
        self.body()

    def body(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                self.script.cut_off.put(b"".join(lines))
                raise _Gone
            if not lines and self.recipient:
                self.obey(At.BODY, self.recipient)
            lines.append(line.removeprefix(b"."))
        recipient, self.sender, self.recipient = self.recipient, None, None
        if recipient is None:
            self.script.lone_dots += not lines
            self.say("554 no valid recipients")
        elif not self.obey(At.DOT, recipient):
            self.mails += 1
            with self.script.lock:
                self.script.take([recipient], b"".join(lines))
            if not self.obey(At.TAKEN, recipient):
                self.say(f"250 taken {recipient}")

    def on_rset(self, line: str) -> None:
        self.sender = self.recipient = None
        self.say("250 reset")

    def on_quit(self, line: str) -> None:
        self.say("221 bye")
        raise _Gone

    def on_other(self, line: str) -> None:
        self.say("500 unknown command")

    def obey(self, at: At, address: str) -> bool:
        """Whether a rule has answered in place of what would be said."""
        rule = self.script.rule(at, address)
        if rule is None:
            return False
        if rule.then is Then.HANG:
            self.script.release.wait()
        if rule.reply:
            self.say(f"{rule.reply} {address}")
        if rule.then is not Then.GO_ON or rule.reply.startswith("421"):
            raise _Gone
        return bool(rule.reply)

    def say(self, reply: str) -> None:
        said = f"{reply}\r\n".encode()
        step = 1 if self.script.byte_by_byte else len(said)
        for start in range(0, len(said), step):
            self.wfile.write(said[start : start + step])

    def nothing_may_wait(self) -> None:
        self.connection.settimeout(0)
        early = bool(self.rfile.peek(1))
        self.connection.settimeout(None)
        with self.script.lock:
            self.script.too_early += early


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


@contextmanager
def scripted_server(rules: Mapping[str, Rule] | None = None, **options) -> Iterator[ScriptedServer]:
    """Do as the rules say, each connection in a thread. Options: the fields of ScriptedServer. Rules may be changed."""
    script = ScriptedServer(rules=dict(rules or {}), **options)
    with _Listener((HOST, 0), _Talk) as listener:
        listener.script, listener.open = script, set()
        script.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            listener.shutdown()
            thread.join()
            script.release.set()
            for connection in list(listener.open):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
