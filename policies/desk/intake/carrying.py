"""Carries what was uploaded from one step to the next in a signed field of the page: no session and no file.

What is carried is bound to the person and the policy. It comes back as it was sent, or not at all.
"""

import datetime as dt
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext

from policies.desk.intake.accounting import Account
from policies.texts.document import Document, DocumentError, from_json, to_json

KEPT = dt.timedelta(hours=12)
# For the other fields of the form; Django counts all of them together.
ROOM = 200_000


class NotCarried(Exception):
    """What was uploaded did not come back, or cannot be sent along; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file that cannot be read before something is decided.

    `title` and `sentence_case` are what was asked of it; `places` are those of its struck-through words, `headless`
    says that it has no headings.
    """

    name: str
    data: bytes
    title: str = ""
    sentence_case: bool = False
    places: tuple[str, ...] = ()
    headless: bool = False


@dataclass(frozen=True, slots=True)
class CarriedDocument:
    """A text that was read, the account of its words, and what was seen of the policy.

    `seen_draft` is when the newest draft was saved, `seen_newest` the sequence of the newest version; "" and None for a
    new policy. `warned`: a newer draft of somebody else was shown since the text was read.
    """

    document: Document
    account: Account = field(default_factory=Account)
    seen_draft: str = ""
    seen_newest: int | None = None
    warned: bool = False


def carry_file(file: CarriedFile, by: int, page: int | None) -> str:
    """Return the field for a file.

    Raises:
        NotCarried: it is too large to be sent along.
    """
    return _signed(asdict(file) | {"data": b64encode(file.data).decode()}, "file", by, page)


def carried_file(text: str, by: int, page: int | None) -> CarriedFile:
    """Return the file of a field.

    Raises:
        NotCarried: it is too old, not ours, or was made for somebody else or another policy.
    """
    found = _unsigned(text, "file", by, page)
    return CarriedFile(**found | {"data": b64decode(found["data"]), "places": tuple(found["places"])})


def carry_document(carried: CarriedDocument, by: int, page: int | None) -> str:
    """Return the field for a text.

    Raises:
        NotCarried: it is too large to be sent along.
    """
    facts = {
        "document": to_json(carried.document),
        "account": carried.account.as_data(),
        "seen_draft": carried.seen_draft,
        "seen_newest": carried.seen_newest,
        "warned": carried.warned,
    }
    return _signed(facts, "document", by, page)


def carried_document(text: str, by: int, page: int | None) -> CarriedDocument:
    """Return the text of a field.

    Raises:
        NotCarried: it is too old, not ours, or was made for somebody else or another policy.
    """
    found = _unsigned(text, "document", by, page)
    try:
        document = from_json(found["document"])
    except DocumentError as error:
        raise NotCarried(gettext("The site was renewed meanwhile. Choose the file again.")) from error
    account = Account.of(found["account"])
    return CarriedDocument(document, account, found["seen_draft"], found["seen_newest"], found["warned"])


def _salt(kind: str, by: int, page: int | None) -> str:
    return f"policies.desk.intake:{kind}:{by}:{page or 'new'}"


def _signed(facts: Mapping[str, object], kind: str, by: int, page: int | None) -> str:
    text = signing.dumps(facts, salt=_salt(kind, by, page), compress=True)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if most is not None and len(text) + ROOM > most:
        raise NotCarried(
            gettext(
                "This document is too large to be brought in here. Take out pictures, or have it imported on the "
                "server: manage.py import_policy."
            )
        )
    return text


def _unsigned(text: str, kind: str, by: int, page: int | None) -> dict[str, Any]:
    try:
        return dict(signing.loads(text, salt=_salt(kind, by, page), max_age=KEPT))
    except signing.SignatureExpired as error:
        raise NotCarried(gettext("This page was open for more than 12 hours. Choose the file again.")) from error
    except signing.BadSignature as error:
        raise NotCarried(gettext("The document did not come back as it was sent. Choose the file again.")) from error
