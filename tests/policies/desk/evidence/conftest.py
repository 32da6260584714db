"""A policy with a history, people who were told of it, and evidence unpacked as whoever gets it would unpack it."""

import pytest
from django.utils import timezone

from accounts.models import User
from policies.notices.models import Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.versions.models import PolicyVersion
from tests.making.evidence import Unpacked, address_of_evidence
from tests.making.notices import a_sending_notice, an_amendment
from tests.making.people import a_person


@pytest.fixture
def ann(db) -> User:
    return a_person("ann@example.org", first_name="Ann", last_name="Archer")


@pytest.fixture
def ben(db) -> User:
    return a_person("ben@example.org", first_name="Ben", last_name="Baker")


@pytest.fixture
def told(privacy, ann, ben, editor) -> PolicyVersion:
    """Version 2.0, of which Ann and Ben were told; Ann has seen and acknowledged it. Version 1.0 stands before it."""
    notice = a_sending_notice(privacy, by=editor)
    now = timezone.now().replace(microsecond=0)
    people = Delivery.objects.filter(notice=notice, person__in=[ann, ben])
    people.update(state="sent", first_tried_at=now, settled_at=now, attempts=1, reply="250 ok")
    for kind in ("notified", "seen"):
        Engagement.objects.create(person=ann, version=notice.version, kind=kind, at=now)
    said = {"wording": "I have read it", "language": "en-gb", "where": "page", "digest": notice.version.digest}
    Answer.objects.create(person=ann, version=notice.version, kind="acknowledged", at=now, **said)
    Engagement.objects.create(person=ben, version=notice.version, kind="notified", at=now)
    return PolicyVersion.objects.get(pk=notice.version_id)


@pytest.fixture
def three(told, privacy) -> PolicyVersion:
    """Version 3.0 after that."""
    return an_amendment(privacy, "cookies are gone")


@pytest.fixture
def take(cms, tmp_path):
    """Take evidence in the CMS and unpack it: `take(version)`, `take(version, ann)`."""

    def taken(version, person: User | None = None, client=None) -> Unpacked:
        of = {"of": "person", "email": person.email} if person else {"of": "version"}
        answer = (client or cms).post(address_of_evidence(version.page, version.number), of)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/zip", answer
        content = b"".join(answer.streaming_content)
        return Unpacked.of(content, tmp_path / f"unpacked-{len(list(tmp_path.iterdir()))}")

    return taken
