"""A notice that was sent, and a Maildir into which the mail server puts what comes back."""

import pytest

from policies.notices.models import Delivery
from policies.notices.models.notices import DeliveryState, NoticeState
from policies.notices.totals import recount
from tests.making.notices import a_sending_notice
from tests.making.people import a_person
from tests.policies.notices.bounces.maildir import Maildir


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


@pytest.fixture
def maildir(tmp_path, settings) -> Maildir:
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@example.org"
    settings.NOTICES_BOUNCE_MAILBOX = f"maildir://{tmp_path / 'bounces'}"
    return Maildir(tmp_path / "bounces")
