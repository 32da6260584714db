"""Makes rights requests as the site makes them, in whatever state a test needs."""

import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from accounts.rights.due_dates import due_day
from accounts.rights.mails.sending import send_waiting
from accounts.rights.models import Channel, Kind, RightsRequest, State
from accounts.rights.moves import By

BY_PERSON = By.person()


def a_request(kind: Kind = Kind.ACCESS, **fields: object) -> RightsRequest:
    """A request that was confirmed, received today unless `received_on` says otherwise, with its due date."""
    known: dict[str, object] = {"state": State.RECEIVED, "channel": Channel.FORM, "name": "Olive Oak"}
    if "person" not in fields:
        known["address"] = "olive@example.org"
    request = RightsRequest.objects.create(kind=kind, **{**known, **fields})
    request.due_on = due_day(request)
    request.save(update_fields=["due_on"])
    return request


def staff_member(address: str = "desk@example.org") -> By:
    """Somebody of the staff, as who does something."""
    return By.staff(User.objects.create_user(address, "a long enough password"))


def filled_in(kind: str = "access", **fields: object) -> dict[str, object]:
    """What somebody without an account puts into the form."""
    known = {"kind": kind, "details": "All of it, please", "name": "Olive Oak", "address": "olive@example.org"}
    return known | {"once": uuid4(), **fields}


def post_goes_out() -> dict[str, int]:
    """Send the mails that are due, as the housekeeping does each minute."""
    return dict(send_waiting())


def rights_link_in(message: EmailMessage) -> str:
    """The path of the link in a mail about a request."""
    return re.search(r"https://testserver(/(?:data-rights|account/requests|cms)/\S*)", message.body)[1]


def confirmed_stranger(client: Client, kind: str = "access", **fields: object) -> str:
    """Ask as a stranger and confirm the address by its mail; return the path of the request's page."""
    client.post("/data-rights/", filled_in(kind, **fields))
    post_goes_out()
    page = client.post(rights_link_in(mail.outbox[-1]))
    post_goes_out()
    return page["Location"].partition("?")[0]


def a_file(content: bytes = b"%PDF-1.7 a paper", name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive_of(*names: str, **contents: bytes) -> bytes:
    """An archive as Word and others make it, with files of these names in it."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name, b"x"))
    return made.getvalue()
