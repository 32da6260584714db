"""What one person was told of by mail: what became of each mail, in plain words, and what it said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.values.mail_address import AddressRefused, read_address
from accounts.values.wording import moment_in_words
from policies.notices.letter.marks import mark_of
from policies.notices.letter.message import FrozenMessage, date_value, to_header, token_value
from policies.notices.letter.reading import LEFT_OUT, read
from policies.notices.letter.writing import COLUMNS
from policies.notices.models.engagement import Engagement
from policies.notices.models.notices import Delivery, DeliveryState, NoticeKind, NoticeState, Reason
from policies.versions.history import History
from policies.versions.models import PolicyVersion

# Kilobytes that no list needs.
VERSION_TEXTS = ("notice__version__content", "notice__version__text")
NOT_DELIVERED = frozenset({DeliveryState.FAILED, DeliveryState.UNREACHABLE})
WHY_NOT = {
    Reason.NO_ADDRESS: _("Not sent: you had no confirmed e-mail address."),
    Reason.PREFERENCE: _("Not sent: your preferences leave such e-mails out."),
    Reason.RESTRICTED: _("Not sent: you asked us only to keep your data."),
    Reason.LEFT: _("Not sent: you had stopped following before its turn came."),
    Reason.STOPPED: _("Not sent: we stopped this notice before its turn came."),
    Reason.REFUSED: _("Could not be delivered: the mail server of {address} refused it."),
    Reason.BAD_ADDRESS: _("Could not be delivered: no mail can be sent to {address}."),
    Reason.GAVE_UP: _("Could not be delivered: the mail server of {address} did not take it for three days."),
    Reason.IN_DOUBT: _("It may not have arrived: the mail server of {address} did not say whether it took it."),
    Reason.BOUNCED: _("Could not be delivered: it came back from {address}."),
}


def deliveries_to(person: User) -> QuerySet[Delivery]:
    """Return the person's deliveries, without those of notices that are held: of these nobody was told yet."""
    hold_over = Q(notice__held_until__lte=timezone.now()) | Q(notice__state__in=[NoticeState.SENDING, NoticeState.DONE])
    return Delivery.objects.filter(hold_over, person=person)


def latest_notice(person: User) -> Delivery | None:
    """Return the person's newest delivery, if there is one."""
    found = deliveries_to(person).select_related("notice__version").order_by("-notice_id")
    return found.defer("notice__message", *VERSION_TEXTS).first()


def outcome_of(delivery: Delivery) -> str:
    """Return in plain words what became of a mail."""
    address = delivery.address or gettext("your address")
    if delivery.state == DeliveryState.SENT:
        return (
            gettext("Sent to %(address)s on %(moment)s.")
            % {"address": address, "moment": moment_in_words(delivery.settled_at)}
            if delivery.settled_at
            else gettext("Sent to %(address)s.") % {"address": address}
        )
    if delivery.state in (DeliveryState.PENDING, DeliveryState.SENDING):
        later = delivery.reason == Reason.LATER
        return (
            gettext("Waiting: the mail server of %(address)s asked us to try later.") % {"address": address}
            if later
            else gettext("Waiting to be sent.")
        )
    known = WHY_NOT.get(Reason(delivery.reason)) if delivery.reason in Reason.values else None
    return known.format(address=address) if known else gettext("Not sent.")


def could_not_be_delivered(delivery: Delivery) -> bool:
    """Whether a mail did not get to the person and their address may be why. One in doubt may have got there."""
    return delivery.state in NOT_DELIVERED and delivery.reason != Reason.IN_DOUBT


@dataclass(frozen=True, slots=True)
class Told:
    """One mail to one person: its occasion and what became of it. `failed`: it is for the person to do something."""

    notice_id: int
    occasion: NoticeKind
    outcome: str
    failed: bool


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What a person was told of one version, oldest first, and when they first saw it."""

    version: PolicyVersion
    previous: PolicyVersion | None
    told: tuple[Told, ...]
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """The same of one policy, newest version first; `title` is its newest."""

    title: str
    slug: str
    versions: tuple[VersionRecord, ...]


def records_of(person: User) -> list[PolicyRecord]:
    """Return everything the person was told of or has seen, the policy that was last announced first. Three queries."""
    told: dict[int, list[Told]] = {}
    for delivery in deliveries_to(person).select_related("notice").defer("notice__message").order_by("notice_id"):
        told.setdefault(delivery.notice.version_id, []).append(_told(delivery))
    seen = Engagement.objects.filter(person=person, kind=Engagement.Kind.SEEN).values_list("version", "at")
    records = _records(told, dict(seen))
    return sorted(records, key=lambda record: record.versions[0].version.announced_at, reverse=True)


def _told(delivery: Delivery) -> Told:
    notice = delivery.notice
    return Told(notice.pk, NoticeKind(notice.kind), outcome_of(delivery), could_not_be_delivered(delivery))


def _records(told: dict[int, list[Told]], seen: dict[int, datetime]) -> Iterator[PolicyRecord]:
    pages = PolicyVersion.objects.filter(pk__in=[*told, *seen]).values("page")
    versions = PolicyVersion.objects.outline().filter(page__in=pages).order_by("page")
    for _page, of_page in groupby(versions, key=lambda version: version.page_id):
        history = History(of_page, on=timezone.localdate())
        touched = [e.version for e in history.entries if e.version.pk in told or e.version.pk in seen]
        yield PolicyRecord(
            (history.newest or history.entries[0]).version.title,
            touched[0].slug,
            tuple(
                VersionRecord(version, history.before(version), tuple(told.get(version.pk, ())), seen.get(version.pk))
                for version in touched
            ),
        )


def copy_of(delivery: Delivery) -> bytes:
    """Return the mail as this person got it, or would have, but for the link that works without signing in.

    A copy may be passed on: what would act for the person is left out of it.
    """
    values = {
        "to": _recipient(delivery),
        "date": date_value(delivery.settled_at or delivery.notice.created_at),
        "message_id": token_value(mark_of(delivery.pk)),
        "unsubscribe": token_value(LEFT_OUT),
        "in_reply_to": token_value(mark_of(delivery.follows or 0)),
    }
    return FrozenMessage.from_json(delivery.notice.message).fill(values)


def _recipient(delivery: Delivery) -> bytes:
    try:
        return to_header(delivery.name, read_address(delivery.address).envelope)
    except AddressRefused:
        return b"undisclosed-recipients:;"


def paragraphs_of(mail: bytes) -> list[list[str]]:
    """Return the words of a mail as paragraphs of lines, without the breaks that only keep to its columns."""
    text = read(mail).text
    return [list(_unwrapped(block.splitlines())) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """A line was broken to fit if the first word of the next would not have fitted. Links stay below their words."""
    whole = last = ""
    for line in lines:
        fits = len(last) + 1 + len(line.split(" ", 1)[0]) <= COLUMNS
        if last and not fits and not last.endswith(":"):
            whole += f" {line}"
        else:
            if whole:
                yield whole
            whole = line
        last = line
    if whole:
        yield whole
