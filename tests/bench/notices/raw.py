"""The limit: mails that were written before, sent as bytes over pipelined connections, no answer read but counted."""

import selectors
import socket
from collections import deque
from collections.abc import Sequence

from policies.notices.sending.envelopes import Envelope

REPLIES = 4  # to the dot of one mail, and to MAIL, RCPT and DATA of the next


class Wire:
    """A connection on which every write ends one mail and begins the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.recv(1000)
        self.socket.sendall(b"HELO bench\r\n")
        self.socket.recv(1000)
        self.body = b""
        self.missing = 0

    def post(self, envelope: Envelope | None) -> None:
        self.missing = (1 if self.body else 0) + (REPLIES - 1 if envelope else 0)
        head, body = b"", b""
        if envelope:
            head = b"MAIL FROM:<%b>\r\nRCPT TO:<%b>\r\nDATA\r\n" % (
                envelope.sender.encode(),
                envelope.recipient.encode(),
            )
            body = envelope.body + b".\r\n"
        self.socket.sendall(self.body + head)
        self.body = body

    def listen(self) -> None:
        replies = self.socket.recv(65536)
        if not replies:
            raise ConnectionError("The mail server hung up.")
        self.missing -= replies.count(b"\n")


def send_bytes(envelopes: Sequence[Envelope], port: int, connections: int) -> None:
    waiting, selector = deque(envelopes), selectors.DefaultSelector()
    for _ in range(connections):
        wire = Wire(port)
        selector.register(wire.socket, selectors.EVENT_READ, wire)
        wire.post(waiting.popleft())
    while selector.get_map():
        for key, _ in selector.select():
            wire = key.data
            wire.listen()
            if wire.missing:
                continue
            if waiting or wire.body:
                wire.post(waiting.popleft() if waiting else None)
            else:
                selector.unregister(wire.socket)
                wire.socket.close()
