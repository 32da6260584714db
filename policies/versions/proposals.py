"""What is put before the door."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass

from django.utils import timezone
from wagtail.models import Revision

from accounts.models import User
from policies.texts.document import Document, canonical_text
from policies.versions.asking import NOTHING, Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft with the words of its amendment, before `announce()` has judged it.

    `struck` are the passages of the draft that are struck through: the document would say them as words in force.
    `amends` is the sequence of the newest version when the draft was begun; None skips that check.
    `announced_elsewhere` is when a version brought along was announced in its old place; None for one announced now.
    `scheduled_for` is the time chosen for announcing by itself; None when it is announced by hand.
    `tell_of_first` says that people are told of a first version, too; `tell_newcomers`, that those are told as well
    who register before it comes into force; `always_because`, why even those who chose no such mail are told;
    `tell_of_correction`, that people are told of what is no amendment, too; `about_personal_data`, that the mail says
    how to complain about it. `kinds` are the kinds of change; `short_notice_because` is why it begins sooner than the
    site's settings ask for; `links_because`, why links may stay that lead nowhere. `asking` is what people are asked
    for.
    """

    page_id: int
    slug: str
    revision: Revision
    document: Document
    struck: tuple[str, ...] = ()
    significance: str = ""
    change_summary: str = ""
    effective_from: dt.date | None = None
    amends: int | None = None
    by: User | None = None
    announced_elsewhere: dt.datetime | None = None
    scheduled_for: dt.datetime | None = None
    tell_of_first: bool = False
    tell_newcomers: bool = False
    always_because: str = ""
    tell_of_correction: bool = False
    about_personal_data: bool = True
    kinds: tuple[str, ...] = ()
    short_notice_because: str = ""
    links_because: str = ""
    asking: Asking = NOTHING

    @property
    def announcing_day(self) -> dt.date:
        """The day by our clocks that counts as the day of announcing."""
        return timezone.localdate(self.announced_elsewhere or self.scheduled_for)


def digest_of_proposal(proposal: Proposal) -> str:
    """Return the SHA-256 of everything that would be announced: text, words, kinds, reasons, dates and mail.

    Who announces, and by which revision, is not in it: a draft that is saved again unchanged keeps its digest. Nor is
    whether another version came between: the door asks for that.
    """
    packed = json.dumps(facts_of_proposal(proposal), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(packed.encode()).hexdigest()


def facts_of_proposal(proposal: Proposal) -> dict[str, object]:
    """Return what the digest covers, by name, as plain values of JSON; nothing said is the same, however it is kept."""
    return {
        "text": canonical_text(proposal.document),
        "struck": list(proposal.struck or ()),
        "title": proposal.document.title,
        "slug": proposal.slug,
        "significance": str(proposal.significance or ""),
        "change_summary": (proposal.change_summary or "").strip(),
        "kinds": sorted(proposal.kinds or ()),
        "short_notice_because": (proposal.short_notice_because or "").strip(),
        "effective_from": proposal.effective_from.isoformat() if proposal.effective_from else "",
        "scheduled_for": _second(proposal.scheduled_for),
        "announced_elsewhere": _second(proposal.announced_elsewhere),
        "tell_of_first": bool(proposal.tell_of_first),
        "tell_newcomers": bool(proposal.tell_newcomers),
        "tell_of_correction": bool(proposal.tell_of_correction),
        "always_because": (proposal.always_because or "").strip(),
        "about_personal_data": bool(proposal.about_personal_data),
        "links_because": (proposal.links_because or "").strip(),
        "asking": asdict(proposal.asking),
    }


def _second(moment: dt.datetime | None) -> str:
    """Return a moment in whole seconds: a draft's JSON keeps fewer digits than a row."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else ""
