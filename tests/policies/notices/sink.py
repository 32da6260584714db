"""A mail server in a process of its own, which can be killed: it writes down what it takes before it answers.

Run as `python sink.py PORT FILE [SECONDS]`: the seconds are how long it thinks before it answers the dot.
"""

import os
import re
import socketserver
import sys
import time
from contextlib import suppress

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


class Talk(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):
            self.talk()

    def talk(self) -> None:
        self.say(b"220 sink.example ESMTP")
        recipient = b""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say(b"250-sink.example\r\n250 PIPELINING")
            elif verb == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0]
                self.say(b"250 OK")
            elif verb == b"DATA":
                self.say(b"354 go on")
                if not self.take(recipient):
                    return
            elif verb == b"QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"250 OK")

    def take(self, recipient: bytes) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        time.sleep(self.server.seconds)
        message_id = MESSAGE_ID.search(b"".join(lines)).group(1)
        os.write(self.server.log, recipient + b" " + message_id + b"\n")
        self.say(b"250 taken")
        return True

    def say(self, reply: bytes) -> None:
        self.wfile.write(reply + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    with Sink(("127.0.0.1", int(sys.argv[1])), Talk) as sink:
        sink.log = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        sink.seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
        sink.serve_forever()
