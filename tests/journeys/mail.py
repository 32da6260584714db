"""A mailbox that takes the mail for everybody."""

import re
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

PATIENCE = 20


@dataclass
class Mailbox:
    """Handles what aiosmtpd's server receives."""

    url: str = ""
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    def newest(self, address: str, saying: str) -> str:
        """Wait for a mail to the address with these words in it, and return the text of the newest."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            texts = (text_of(mail) for to, mail in reversed(self.mails) if address in to)
            found = next((text for text in texts if saying in " ".join(text.split())), None)
            if found is not None:
                return found
            time.sleep(0.2)
        subjects = [(to, mail["subject"]) for to, mail in self.mails]
        raise AssertionError(f"no mail to {address} says “{saying}”, only {subjects}")

    def link(self, address: str, saying: str) -> str:
        return re.search(r"https?://\S+/account/\S+", self.newest(address, saying))[0]


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()
