"""A small IMAP server for tests (so much of RFC 3501 as reading a mailbox takes), which misbehaves as it is told.

with imap_server(tls=None) as server:
    server.drop(raw)
    server.cut_at = "UID STORE"     # the connection is cut when this command comes
    …
    assert server.flags() == [{"\\\\Seen"}]
"""

import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HOST, NAME, PASSWORD = "127.0.0.1", "plum", 'right "one"'


@dataclass
class ImapServer:
    """`answers` replaces the answer to a command that begins so; `cut_at` cuts the connection instead of an answer."""

    tls: ssl.SSLContext | None = None
    password: str = PASSWORD
    answers: dict[str, str] = field(default_factory=dict)
    cut_at: str = ""
    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    marks: list[set[str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def drop(self, raw: bytes, *flags: str) -> None:
        self.mails.append(raw)
        self.marks.append(set(flags))

    def flags(self) -> list[set[str]]:
        return self.marks


class Cut(Exception):
    """The connection is to be cut."""


class Conversation(socketserver.StreamRequestHandler):
    """One connection. Numbers of mails are their places, UIDs are a hundred more."""

    server: "Listener"

    def handle(self) -> None:
        self.state = self.server.state
        self.say("* OK at your service")
        try:
            while line := self.rfile.readline().decode().strip():
                tag, _, command = line.partition(" ")
                self.state.commands.append(command)
                self.obey(tag, command)
        except (Cut, OSError, UnicodeDecodeError):
            pass

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def obey(self, tag: str, command: str) -> None:
        if self.state.cut_at and command.startswith(self.state.cut_at):
            raise Cut
        for start, answer in self.state.answers.items():
            if command.startswith(start):
                return self.say(f"{tag} {answer.format(command=command)}")
        words = command.removeprefix("UID ").split()
        getattr(self, f"do_{words[0].lower()}")(tag, command)

    def do_capability(self, tag: str, command: str) -> None:
        offered = "" if isinstance(self.connection, ssl.SSLSocket) or not self.state.tls else " STARTTLS"
        self.say(f"* CAPABILITY IMAP4rev1{offered}")
        self.say(f"{tag} OK done")

    def do_starttls(self, tag: str, command: str) -> None:
        self.say(f"{tag} OK go ahead")
        self.connection = self.state.tls.wrap_socket(self.connection, server_side=True)
        self.setup_files()

    def setup_files(self) -> None:
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def do_login(self, tag: str, command: str) -> None:
        given = re.sub(r"\\(.)", r"\1", command.removeprefix(f"LOGIN {NAME} ")[1:-1])
        self.let_in(tag, given)

    def do_authenticate(self, tag: str, command: str) -> None:
        self.say("+ ")
        _, _, given = base64.b64decode(self.rfile.readline()).decode().split("\0")
        self.let_in(tag, given)

    def let_in(self, tag: str, given: str) -> None:
        right = given == self.state.password
        self.say(f"{tag} OK welcome" if right else f"{tag} NO [AUTHENTICATIONFAILED] Authentication failed.")

    def do_select(self, tag: str, command: str) -> None:
        if command not in ('SELECT "INBOX"', 'SELECT "My \\"reports\\""'):
            return self.say(f"{tag} NO Mailbox doesn't exist")
        self.say(f"* {len(self.state.mails)} EXISTS")
        self.say(f"{tag} OK [READ-WRITE] done")

    def do_search(self, tag: str, command: str) -> None:
        first, last = map(int, re.fullmatch(r"UID SEARCH (\d+):(\d+) UNSEEN", command).groups())
        unseen = [place for place in range(first, last + 1) if "\\Seen" not in self.state.marks[place - 1]]
        self.say(" ".join(["* SEARCH", *(str(100 + place) for place in unseen)]))
        self.say(f"{tag} OK done")

    def do_fetch(self, tag: str, command: str) -> None:
        uid, most = map(int, re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command).groups())
        raw = self.state.mails[uid - 101][:most]
        self.say(f"* 9 FETCH (FLAGS (\\Recent))\r\n* {uid - 100} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}")
        self.wfile.write(raw + b")\r\n")
        self.say(f"{tag} OK done")

    def do_store(self, tag: str, command: str) -> None:
        uid, flags = re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \((.*)\)", command).groups()
        self.state.marks[int(uid) - 101] |= set(flags.split())
        self.say(f"{tag} OK done")

    def do_logout(self, tag: str, command: str) -> None:
        self.say(f"* BYE\r\n{tag} OK bye")
        raise Cut


class Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    at_once: ssl.SSLContext | None = None
    state: ImapServer

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        connection.settimeout(20)
        return (self.at_once.wrap_socket(connection, server_side=True) if self.at_once else connection), address


@contextmanager
def imap_server(*, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> Iterator[ImapServer]:
    """Run one on a free port: with TLS from the beginning, offering STARTTLS, or without."""
    with Listener((HOST, 0), Conversation) as listener:
        listener.at_once, listener.state = tls, ImapServer(starttls, port=listener.server_address[1])
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield listener.state
        listener.shutdown()
        thread.join(10)
