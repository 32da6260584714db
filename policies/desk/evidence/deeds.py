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
from policies.versions.models import PolicyVersion
from policies.writing.personal_data.cms_logs import WORDS


def log_of(version: PolicyVersion, history: History) -> Iterator[EvidenceFile]:
    """Yield what was done to the policy from the version before to the one after, and to the version's notices."""
    entries: list[BaseLogEntry] = [*_of_page(version, history), *_of_notices(version)]
    entries.sort(key=lambda entry: entry.timestamp)
    lines = [_line(entry) for entry in entries]
    about = "what was done in the CMS, by whom and when, from the version before to the one after"
    yield EvidenceFile("log.json", as_json(lines), about)


def _of_page(version: PolicyVersion, history: History) -> Iterator[PageLogEntry]:
    """What names this version belongs to it whenever it was done; what names another one does not."""
    entries = PageLogEntry.objects.filter(page=version.page_id).select_related("user")
    sequences = {entry.version.sequence: entry.version for entry in history.entries}
    before, after = sequences.get(version.sequence - 1), sequences.get(version.sequence + 1)
    for entry in entries.order_by("timestamp", "pk"):
        named = entry.data.get("sequence")
        if named is not None:
            if named == version.sequence:
                yield entry
            continue
        later = before is None or entry.timestamp > _recorded(before)
        earlier = after is None or entry.timestamp <= _recorded(after)
        if later and earlier:
            yield entry


def _recorded(version: PolicyVersion) -> object:
    return version.recorded_at or version.announced_at


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
