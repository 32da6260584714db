"""What an outsider is shown of a draft: its redline or text, its words, and the mail about it as it will read."""

import email
import email.policy

from policies.desk.approving.deciding import newest_draft
from policies.desk.approving.models import OutsideReview
from policies.notices.letter.composing import compose
from policies.notices.letter.message import date_value, to_header, token_value
from policies.notices.models.notices import AmendmentNotice, NoticeKind
from policies.reading.contexts import redline_context
from policies.versions.announcing import rehearsed
from policies.versions.models import PolicyVersion


def shown_to_outsiders(review: OutsideReview) -> dict[str, object]:
    """Return what the page shows; the caller has made sure that the newest draft is still the one in question."""
    draft = newest_draft(review.page_id)
    version = rehearsed(draft.proposal)
    context: dict[str, object] = {"version": version, "document": draft.proposal.document, "old": draft.kept}
    if draft.kept:
        context |= redline_context(draft.kept.document, draft.proposal.document)
    return context | {"mail": mail_about(version)}
