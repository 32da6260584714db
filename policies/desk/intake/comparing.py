"""What an imported text is compared with: the draft that waits, or the version that readers have."""

from dataclasses import dataclass

from wagtail.models import Revision

from policies.desk.intake.drafting import keep_keys
from policies.reading.contexts import redline_context
from policies.texts.document import Document, canonical_text
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from policies.writing.previews import in_force_or_first

DRAFT, VERSION = "draft", "version"


@dataclass(frozen=True, slots=True)
class There:
    """What is there of a policy: the draft that waits to be announced, if one does, and the version readers have."""

    waiting: Revision | None
    draft: Document | None
    version: PolicyVersion | None


def what_is_there(page: PolicyPage) -> There:
    """Return what a text can be compared with. A draft that says the same as a version is not waiting."""
    version = in_force_or_first(page.pk)
    latest: Revision | None = page.get_latest_revision()
    draft = page.get_latest_revision_as_object().document
    newest = PolicyVersion.objects.newest_kept(page.pk)
    if newest and canonical_text(draft) == newest.text:
        return There(None, None, version)
    return There(latest, draft, version)


def compared(document: Document, there: There, against: str) -> dict[str, object]:
    """Return the redline of a text, and what it is compared with; empty where nothing is there.

    Args:
        document: the text.
        there: what the policy has.
        against: DRAFT or VERSION. Where there is only one of them, that one.
    """
    if there.draft and (against == DRAFT or not there.version):
        name, old = DRAFT, there.draft
    elif there.version:
        name, old = VERSION, there.version.document
    else:
        return {}
    return {"against": name, **redline_context(old, keep_keys(document, old))}
