"""Marks on mails about one person's affair, by which a report of non-delivery is known again.

A mark says of which kind the mail is, which row it was written from, and, by its proof, that we wrote it. It stands in
the Message-ID and, where the site has an address for reports, in the address that they come back to (VERP).
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one kind of mail. `kind` is a few small letters, and no other kind's."""

    kind: str

    def of(self, pk: int) -> str:
        """Return the mark of the mail of a row: the same for each try."""
        return f"{self.kind}{pk}.{_proof(str(settings.SECRET_KEY), self.kind, pk)}"

    def read(self, text: str) -> int | None:
        """Return the number of the row that a Message-ID, or an address that a report came to, is about."""
        mark = rf"{self.kind}([1-9][0-9]{{0,18}})\.([0-9a-f]{{20}})"
        found = re.fullmatch(rf"<?[^\s<>@]*[+-]{mark}@[^@\s]+>?", text.strip().lower())
        if found is None:
            return None
        pk = int(found[1])
        keys = (str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        return pk if any(hmac.compare_digest(_proof(key, self.kind, pk), found[2]) for key in keys) else None

    def first_in(self, texts: Iterable[str]) -> int | None:
        return next((pk for text in texts if (pk := self.read(text))), None)

    def put_on(self, message: EmailMessage, pk: int) -> None:
        """Mark a mail before it is sent: what comes back of it finds its row, also where it came back days later."""
        message.extra_headers["Message-ID"] = f"<mail-{self.of(pk)}@{settings.ORGANISATION_DOMAIN}>"
        if not settings.NOTICES_BOUNCE_ADDRESS:
            return
        local, _, domain = parseaddr(settings.NOTICES_BOUNCE_ADDRESS)[1].rpartition("@")
        message.extra_headers["From"] = message.from_email
        message.from_email = f"{local}+{self.of(pk)}@{domain}"  # the envelope's sender; people see the header


def _proof(key: str, kind: str, pk: int) -> str:
    digest = sha256(f"accounts.values.return_marks:{key}".encode()).digest()
    return hmac.digest(digest, f"{kind}{pk}".encode(), "sha256")[:10].hex()
