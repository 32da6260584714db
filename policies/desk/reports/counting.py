"""How many people were told of versions, and what they did: counted in the database, some versions at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext

from policies.notices.agreeing.counting import answers_by_version
from policies.notices.models import AmendmentNotice, Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.notices.models.notices import DeliveryState, NoticeKind, Reason
from policies.versions.models import PolicyVersion

NOT_TOLD = (DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.SKIPPED)


@dataclass
class Counts:
    """What became of one version: people told of it by its first notice, those not told with why, and what people did.

    `answers` counts people by `Answer.Kind`, each by the newest answer. Who closed their account is neither in these
    nor in `seen` any more, and still in the figures of the notice.
    """

    version: PolicyVersion
    meant: int = 0
    told: int = 0
    waiting: int = 0
    unreachable: int = 0
    not_told: dict[str, int] = field(default_factory=dict)
    seen: int = 0
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def why_not(self) -> str:
        """Return the reasons in words, with how many each: “No confirmed e-mail address: 3”."""
        reasons = sorted(self.not_told.items(), key=lambda item: (-item[1], item[0]))
        return "; ".join(
            f"{Reason(reason).label if reason else gettext('Unknown')}: {number:,}" for reason, number in reasons
        )

    @property
    def acknowledged(self) -> int:
        return self.answers.get(Answer.Kind.ACKNOWLEDGED, 0)

    @property
    def accepted(self) -> int:
        return self.answers.get(Answer.Kind.ACCEPTED, 0)

    @property
    def declined(self) -> int:
        return self.answers.get(Answer.Kind.DECLINED, 0)

    @property
    def taken_back(self) -> int:
        return self.answers.get(Answer.Kind.WITHDRAWN, 0)


def counts_of(versions: Iterable[PolicyVersion]) -> list[Counts]:
    """Return the counts of these versions, in their order, by four queries however many they are."""
    found = {version.pk: Counts(version) for version in versions}
    notices = AmendmentNotice.objects.to_people().filter(version__in=found, kind=NoticeKind.ANNOUNCED)
    notices = notices.without_message()
    about = {notice.pk: found[notice.version_id] for notice in notices}
    for notice in notices:
        counts = about[notice.pk]
        counts.meant, counts.told, counts.waiting = notice.recipients, notice.sent, notice.waiting
        counts.unreachable = notice.unreachable
    _add_reasons(about)
    seen = Engagement.objects.filter(version__in=found, kind=Engagement.Kind.SEEN).order_by()
    for version, number in seen.values_list("version").annotate(number=Count("pk")):
        found[version].seen = number
    for version, answers in answers_by_version([counts.version for counts in found.values()]).items():
        found[version].answers = answers
    return list(found.values())


def _add_reasons(about: dict[int, Counts]) -> None:
    """Count why people were not told, where the notice says that there were any."""
    some = [pk for pk, counts in about.items() if counts.told + counts.waiting < counts.meant]
    rows = Delivery.objects.filter(notice__in=some, state__in=NOT_TOLD).order_by()
    why: dict[int, dict[str, int]] = defaultdict(dict)
    for notice, reason, number in rows.values_list("notice", "reason").annotate(number=Count("pk")):
        why[notice][reason] = number
    for notice, reasons in why.items():
        about[notice].not_told = reasons
