"""The part of the evidence about one person and one version: what was sent to them when, and what they did with it."""

from collections.abc import Iterator

from accounts.models import User
from policies.desk.evidence.proof import as_json
from policies.notices.models import Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.notices.models.notices import DeliveryState
from policies.notices.reader.told import copy_of
from policies.versions.evidence import EvidenceFile
from policies.versions.models import PolicyVersion

LEFT_US = (DeliveryState.SENT, DeliveryState.UNREACHABLE)
# What is of the site's machinery, or says again what the file is about.
OF_THE_SITE = {"id", "person", "notice", "version", "worker"}


def person_and(version: PolicyVersion, person: User) -> Iterator[EvidenceFile]:
    """Yield what is held about a person and a version. Nothing about anybody else is in it."""
    deliveries = list(_deliveries(version, person))
    engagements = Engagement.objects.filter(version=version, person=person).order_by("at", "pk")
    answers = Answer.objects.filter(version=version, person=person).order_by("at", "pk")
    facts = {
        "person": {"email": person.email, "name": person.get_full_name(), "joined_at": person.date_joined},
        "version": {"policy": version.slug, "number": version.number, "digest": version.digest},
        "told": [{"notice": delivery.notice.kind, **_facts(delivery)} for delivery in deliveries],
        "engagement": [_facts(engagement) for engagement in engagements],
        "answers": [_facts(answer) for answer in answers],
    }
    about = "what was sent to this person when, what became of it, what they saw, and what they answered to what words"
    yield EvidenceFile("person.json", as_json(facts), about)
    for place, delivery in enumerate(deliveries, 1):
        if delivery.state in LEFT_US and delivery.notice.message:
            mail = "the mail as it was sent to this person, without the link that works without signing in"
            yield EvidenceFile(f"mail/{place}-{delivery.notice.kind}.eml", copy_of(delivery), mail)


def _deliveries(version: PolicyVersion, person: User) -> Iterator[Delivery]:
    found = Delivery.objects.filter(notice__version=version, person=person).select_related("notice")
    yield from found.order_by("pk")


def _facts(row: Delivery | Engagement | Answer) -> dict[str, object]:
    fields = (field for field in row._meta.concrete_fields if field.name not in OF_THE_SITE)
    return {field.name: getattr(row, field.attname) for field in fields}
