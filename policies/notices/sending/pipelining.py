"""Hands mails to an SMTP server in as few round trips as RFC 2920 allows, and says what became of each one."""

import smtplib
import socket
import ssl
from collections import deque
from contextlib import suppress
from typing import Any, NamedTuple

from policies.notices.sending.envelopes import (
    ABOUT_US,
    CLOSING,
    Envelope,
    Outcome,
    Verdict,
    one_line,
    unsafe,
    verdict_on,
)

LONE_DOT, RESET = b".\r\n", b"RSET\r\n"
# The longest wait for a goodbye, or for the last words of a server that accepts nothing more.
LAST_WORDS_SECONDS = 1


class Answer(NamedTuple):
    """A reply; `good` if it was the one hoped for. Code 0: there was none that could be understood."""

    code: int
    reply: str
    good: bool = False


class Pipelining(smtplib.SMTP):
    """Sends by `post()` and `collect()` in turn, with one mail at most whose fate the caller has not been told.

    `post(next)` ends the mail whose envelope was taken and offers the next envelope in the same write; `collect()` says
    what the server answered. So settle what `collect()` returned before posting again. EHLO must have been said.

    To wait for many at once, put those for which `has_buffered()` is false into `selectors` after `post()`: `collect()`
    reads every reply it waits for, so none ever stays behind in a buffer where select() does not see it.
    A server that does not offer PIPELINING gets one command at a time, the later ones within `collect()`.
    """

    usable = True
    _open: Envelope | None = None
    _clearing = b""  # what makes the server listen to the next envelope after a refusal
    _at_dot: Envelope | None = None
    _offered: Envelope | None = None
    _refused: Outcome | None = None
    _dot_left = _cleared = False
    _commands: deque[bytes] = deque()
    _unanswered = 0

    @property
    def open_key(self) -> int | None:
        """The mail whose envelope was taken and whose body leaves next. If closed first: not handed over."""
        return self._open.key if self._open else None

    def connect(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        answer = super().connect(*args, **kwargs)
        if self.sock:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return answer

    def fileno(self) -> int:
        return self.sock.fileno() if self.sock else -1

    def has_buffered(self) -> bool:
        """Whether `collect()` need not wait for the socket: nothing was written, or nothing comes any more."""
        return not self._unanswered or not self.usable

    def post(self, envelope: Envelope | None = None) -> None:
        """Send what waits, together with the next envelope. Never raises; without an envelope nothing new is begun."""
        self._at_dot, self._open = self._open, None
        self._refused = self._refusal(envelope) if envelope else None
        self._offered = None if self._refused else envelope
        self._commands = deque(self._first() + self._offer())
        self._unanswered, self._dot_left = 0, False
        if self._commands and self._was_left():
            self._break_off()
        if self.usable and self._commands:
            self._dot_left = self._at_dot is not None
            self._write(len(self._commands) if self.has_extn("pipelining") else 1)

    def collect(self) -> list[Outcome]:
        """The outcomes of what the last post sent, in its order; a taken envelope has none yet (see `open_key`)."""
        if self._cleared:
            self._answer(2)  # whatever it says is nobody's
        outcomes = [
            self._end(self._at_dot) if self._at_dot else None,
            self._answered(self._offered) if self._offered else self._refused,
        ]
        self._at_dot = self._offered = self._refused = None
        self._cleared = False
        if not self.usable:
            self.close()
        return [outcome for outcome in outcomes if outcome]

    def quit(self) -> tuple[int, bytes]:
        """Say goodbye where the server listens for commands, and close. Never raises."""
        goodbye = (0, b"")
        # Behind DATA a QUIT would be text of the mail.
        if self.usable and self.sock and not (self._open or self._unanswered or self._clearing == LONE_DOT):
            with suppress(OSError):
                self.sock.settimeout(LAST_WORDS_SECONDS)
                goodbye = super().quit()
        self._break_off()
        return goodbye

    def close(self) -> None:
        with suppress(OSError):
            super().close()

    def _first(self) -> list[bytes]:
        clearing, self._clearing = self._clearing, b""
        self._cleared = bool(clearing)
        if self._at_dot:
            return [self._at_dot.body + LONE_DOT]
        return [clearing] if clearing else []

    def _offer(self) -> list[bytes]:
        envelope = self._offered
        if not envelope:
            return []
        size = f" SIZE={len(envelope.body)}" if self.has_extn("size") else ""
        utf8 = "" if _is_ascii(envelope) else " SMTPUTF8"
        mail, recipient = f"MAIL FROM:<{envelope.sender}>{size}{utf8}\r\n", f"RCPT TO:<{envelope.recipient}>\r\n"
        return [mail.encode(), recipient.encode(), b"DATA\r\n"]

    def _refusal(self, envelope: Envelope) -> Outcome | None:
        """Why the server need not be asked."""
        if problem := unsafe(envelope.recipient):
            return Outcome(envelope.key, Verdict.REFUSED, 553, problem)
        if envelope.sender and (problem := unsafe(envelope.sender)):
            return Outcome(envelope.key, Verdict.REFUSED, 553, f"As the sender: {problem}", everybody=True)
        if not _is_ascii(envelope) and not self.has_extn("smtputf8"):
            words = "The server takes only addresses in plain ASCII (it does not offer SMTPUTF8)."
            return Outcome(envelope.key, Verdict.REFUSED, 553, words, everybody=envelope.recipient.isascii())
        limit = self.esmtp_features.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(envelope.body):
            words = f"The mail has {len(envelope.body)} bytes; the server takes {limit}."
            return Outcome(envelope.key, Verdict.REFUSED, 552, words)
        return None

    def _was_left(self) -> bool:
        """Whether the server has hung up or spoken unasked. Then a body must not leave: nobody might answer for it."""
        if not self.usable or self.sock is None or self.file is None:
            return True
        patience = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            if not self.file.peek(1):
                self.sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        finally:
            self.sock.settimeout(patience)
        return True

    def _write(self, count: int) -> None:
        batch = [self._commands.popleft() for _ in range(count)]
        self._unanswered += count
        try:
            if self.sock:
                self.sock.sendall(b"".join(batch))
        except OSError:
            # What the server said before it went may still be read.
            self.usable = False
            if self.sock:
                self.sock.settimeout(LAST_WORDS_SECONDS)

    def _answer(self, hoped: int) -> Answer:
        """The reply to the next command, which is sent first if the server takes one at a time."""
        if not self._unanswered and self._commands and self.usable:
            self._write(1)
        if not self.sock or not self._unanswered:
            return Answer(0, "The connection was closed.")
        self._unanswered -= 1
        try:
            code, words = self.getreply()
        except OSError as problem:
            return self._break_off(str(problem))
        if code // 100 not in {hoped, 4, 5}:
            return self._break_off(f"Not understood: {code} {words.decode(errors='replace')}")
        if code == CLOSING:
            self._break_off()
        return Answer(code, one_line(words), good=code // 100 == hoped)

    def _break_off(self, why: str = "") -> Answer:
        self.usable = False
        self.close()
        return Answer(0, one_line(why.encode()))

    def _end(self, envelope: Envelope) -> Outcome:
        answer = self._answer(2)
        if not answer.code:
            verdict = Verdict.DOUBT if self._dot_left else Verdict.NOT_HANDED_OVER
        elif answer.good:
            verdict = Verdict.ACCEPTED
        else:
            verdict = verdict_on(answer.code)
        everybody = not answer.good and answer.code in ABOUT_US
        return Outcome(envelope.key, verdict, answer.code, answer.reply, everybody)

    def _answered(self, envelope: Envelope) -> Outcome | None:
        answers = self._dialogue()
        bad = next((answer for answer in answers if not answer.good), None)
        if bad is None:
            self._open = envelope
            return None
        self._clearing = self._way_out(answers)
        if bad.code in {0, CLOSING}:
            return Outcome(envelope.key, Verdict.NOT_HANDED_OVER, bad.code, bad.reply)
        everybody = bad is answers[0] or bad.code in ABOUT_US
        return Outcome(envelope.key, verdict_on(bad.code), bad.code, bad.reply, everybody)

    def _dialogue(self) -> list[Answer]:
        """The answers to MAIL, RCPT and DATA, or up to the first refusal if the rest was not sent."""
        answers = []
        for hoped in (2, 2, 3):
            answers.append(self._answer(hoped))
            if not answers[-1].good and self._commands:
                self._commands.clear()
                break
        return answers

    def _way_out(self, answers: list[Answer]) -> bytes:
        """What brings the server back to where it takes the next envelope after a refusal."""
        if not answers[-1].good:
            return RESET
        if answers[1].good:
            # MAIL was refused and RCPT accepted all the same: a lone dot would send this person an empty mail.
            self._break_off()
        return LONE_DOT


class PipelinedSMTP(Pipelining):
    """In plain text, or with STARTTLS."""


class PipelinedSMTP_SSL(Pipelining, smtplib.SMTP_SSL):
    """With TLS from the first byte."""


def _is_ascii(envelope: Envelope) -> bool:
    return envelope.sender.isascii() and envelope.recipient.isascii()
