"""The part of the evidence that says who did what, and when: the CMS's log, and how the version stands."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from policies.desk.evidence.proof import as_json
from policies.notices.models import AmendmentNotice
from policies.versions.evidence import EvidenceFile
from policies.versions.history import Entry, History
from policies.versions.log import ANNOUNCED
from policies.versions.models import PolicyVersion
from policies.writing.personal_data.cms_logs import WORDS


def log_of(version: PolicyVersion, history: History) -> Iterator[EvidenceFile]:
    """Yield what led from the version before to this one, and what was done with it and with its notices later.

    Args:
        version: the version.
        history: all versions of its policy.
    """
    entries: list[BaseLogEntry] = [*_of_page(version, history), *_of_notices(version)]
    entries.sort(key=lambda entry: entry.timestamp)
    about = "what led to the version, and what was done with it later: what, by whom and when"
    yield EvidenceFile("log.json", as_json([_line(entry) for entry in entries]), about)


def _of_page(version: PolicyVersion, history: History) -> Iterator[PageLogEntry]:
    """Yield the entries that name the version or its draft, and the unnamed ones up to its announcement."""
    found = PageLogEntry.objects.filter(page=version.page_id).select_related("user").order_by("timestamp", "pk")
    entries = list(found)
    drafts = {entry.version.revision_id: entry.version.sequence for entry in history.entries}
    announced = {entry.data.get("sequence"): entry.timestamp for entry in entries if entry.action == ANNOUNCED}
    since, until = announced.get(version.sequence - 1), announced.get(version.sequence)
    for entry in entries:
        about = entry.data.get("sequence", drafts.get(entry.revision_id))
        led_here = (since is None or entry.timestamp > since) and until is not None and entry.timestamp <= until
        if about == version.sequence or (about is None and led_here):
            yield entry


def _of_notices(version: PolicyVersion) -> Iterator[ModelLogEntry]:
    kind = ContentType.objects.get_for_model(AmendmentNotice)
    numbers = [str(pk) for pk in version.notices.values_list("pk", flat=True)]
    yield from ModelLogEntry.objects.filter(content_type=kind, object_id__in=numbers).select_related("user")


def _line(entry: BaseLogEntry) -> dict[str, object]:
    return {
        "at": entry.timestamp,
        "action": entry.action,
        "what": registry.get_action_label(entry.action) if registry.action_exists(entry.action) else entry.action,
        "on": entry.label,
        "by": str(entry.user) if entry.user else None,
        "facts": {name: value for name, value in (entry.data or {}).items() if name not in WORDS},
    }


def standing_of(version: PolicyVersion, entry: Entry) -> Iterator[EvidenceFile]:
    """Yield how a version stands today: the only facts about it that can still change."""
    facts = {
        "on": timezone.localdate(),
        "standing": entry.standing.label,
        "in_force_from": None if entry.never_in_force else version.effective_from,
        "in_force_until": entry.last_day,
        "announced_by": str(version.announced_by) if version.announced_by else None,
        "withdrawn_at": version.withdrawn_at,
        "withdrawn_by": str(version.withdrawn_by) if version.withdrawn_by else None,
        "withdrawn_because": version.withdrawn_reason or None,
    }
    yield EvidenceFile("standing.json", as_json(facts), "how the version stands on the day this was made")
