"""A notice that was sent, and a Maildir into which the mail server puts what comes back."""

from itertools import count
from pathlib import Path

import pytest

from policies.notices.models import Delivery
from policies.notices.models.notices import DeliveryState, NoticeState
from policies.notices.totals import recount
from tests.accounts.people import a_person
from tests.policies.notices.people import a_sending_notice


@pytest.fixture
def a_sent(privacy):
    """`a_sent("ann@example.org", …)`: their deliveries, all sent, in one notice that is done."""

    def send(*addresses: str) -> list[Delivery]:
        for address in addresses:
            a_person(address)
        notice = a_sending_notice(privacy)
        deliveries = Delivery.objects.filter(notice=notice, address__in=addresses)
        deliveries.update(state=DeliveryState.SENT)
        notice.move_to(NoticeState.DONE)
        recount(notice)
        return [deliveries.get(address=address) for address in addresses]

    return send


@pytest.fixture
def delivery(a_sent) -> Delivery:
    return a_sent("ann@example.org")[0]


class Maildir:
    """A Maildir as a mail server sees it, and what has become of the mails in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._number = count(1)
        for name in ("new", "cur", "tmp"):
            (folder / name).mkdir(parents=True)

    def drop(self, raw: bytes, name: str = "") -> str:
        name = name or f"17000000{next(self._number):02d}.M1P1.mx"
        (self.folder / "new" / name).write_bytes(raw)
        return name

    def flags(self) -> list[str]:
        """Of all mails, in the order in which they came: "new", or their flags."""
        found = sorted([*(self.folder / "new").iterdir(), *(self.folder / "cur").iterdir()], key=lambda path: path.name)
        return ["new" if path.parent.name == "new" else path.name.partition(":2,")[2] for path in found]


@pytest.fixture
def maildir(tmp_path, settings) -> Maildir:
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@example.org"
    settings.NOTICES_BOUNCE_MAILBOX = f"maildir://{tmp_path / 'bounces'}"
    return Maildir(tmp_path / "bounces")
