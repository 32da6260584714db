"""The part of the evidence that says whom a version reached: its notices as they were sent, and figures."""

from collections.abc import Iterator

from django.db.models import Count

from policies.desk.evidence.proof import as_json
from policies.notices.agreeing.counting import answers_by_version
from policies.notices.letter.message import FrozenMessage
from policies.notices.letter.reading import read, specimen
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.notices.models.notices import Audience
from policies.versions.evidence import EvidenceFile
from policies.versions.models import PolicyVersion


def notices_of(version: PolicyVersion) -> Iterator[EvidenceFile]:
    """Yield each notice of a version: the mail for everybody, without anybody's name, and what became of it."""
    for place, notice in enumerate(AmendmentNotice.objects.filter(version=version).order_by("pk"), 1):
        name = f"notice/{place}-{notice.kind}{'-to-followers' if notice.is_to_followers else ''}"
        about = f"the notice “{notice.get_kind_display()}”{' to followers' if notice.is_to_followers else ''}"
        yield EvidenceFile(
            f"{name}.json", as_json(_facts(notice)), f"{about}: its state, its times, how many it reached"
        )
        if notice.message:
            yield from _mail(notice, name, about)


def _facts(notice: AmendmentNotice) -> dict[str, object]:
    facts = {field.name: getattr(notice, field.attname) for field in notice._meta.concrete_fields}
    for name in ("id", "version", "message"):
        del facts[name]
    rows = notice.deliveries.values("state", "reason").order_by("state", "reason")
    counts = rows.annotate(followers=Count("pk")) if notice.is_to_followers else rows.annotate(people=Count("pk"))
    return facts | {"by_state_and_reason": list(counts)}


def _mail(notice: AmendmentNotice, name: str, about: str) -> Iterator[EvidenceFile]:
    """Yield the mail as it was frozen; what differs between people is left out."""
    mail = specimen(FrozenMessage.from_json(notice.message), notice.staged_at or notice.created_at)
    said = read(mail)
    yield EvidenceFile(f"{name}.eml", mail, f"{about}: the mail, without what differed from person to person")
    yield EvidenceFile(f"{name}.txt", said.text, f"{about}: what the mail says, as plain text")
    yield EvidenceFile(f"{name}.html", said.html, f"{about}: what the mail says, as HTML")


def figures_of(version: PolicyVersion) -> Iterator[EvidenceFile]:
    """Yield how many people did what with a version. Being told is not agreeing: each is counted by itself."""
    engagement = Engagement.objects.filter(version=version).values("kind").annotate(people=Count("pk"))
    done = dict.fromkeys(Engagement.Kind.values, 0) | {row["kind"]: row["people"] for row in engagement}
    deliveries = Delivery.objects.filter(notice__version=version).values("notice__kind", "state")
    told, followers = (
        deliveries.filter(notice__audience=audience).annotate(number=Count("pk")).order_by("notice__kind", "state")
        for audience in (Audience.PEOPLE, Audience.FOLLOWERS)
    )
    answered = answers_by_version([version]).get(version.pk, dict.fromkeys(Answer.Kind.values, 0))
    figures = {
        "people_by_what_became_of_it": done,
        "people_by_the_answer_that_stands": answered,
        "deliveries": [{"notice": row["notice__kind"], "state": row["state"], "people": row["number"]} for row in told],
        "deliveries_to_followers_who_are_not_counted_as_told": [
            {"notice": row["notice__kind"], "state": row["state"], "followers": row["number"]} for row in followers
        ],
    }
    yield EvidenceFile("counts.json", as_json(figures), "how many people were told, saw it, and answered what")
