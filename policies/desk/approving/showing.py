"""What an outsider is shown of a draft: its redline or text, its words, and the mail about it as it will read."""

from email import message_from_bytes, policy

from django.utils import timezone

from policies.desk.approving.deciding import newest_draft
from policies.desk.approving.models import OutsideReview
from policies.notices.letter.composing import compose
from policies.notices.letter.message import date_value, to_header, token_value
from policies.notices.models.notices import AmendmentNotice
from policies.notices.opening import is_to_be_told
from policies.reading.contexts import redline_context
from policies.versions.announcing import rehearsed
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal


def shown_to_outsiders(review: OutsideReview) -> dict[str, object]:
    """Return what the page shows; the caller has made sure that the newest draft is still the one in question."""
    draft = newest_draft(review.page_id)
    version = rehearsed(draft.proposal)
    context: dict[str, object] = {"version": version, "document": draft.proposal.document, "old": draft.kept}
    if draft.kept:
        context |= redline_context(draft.kept.document, draft.proposal.document)
    return context | {"mail": mail_about(version, draft.proposal)}


def mail_about(version: PolicyVersion, proposal: Proposal) -> str:
    """Return the words of the mail that would be sent about a version; nothing where nobody is mailed."""
    if not is_to_be_told(proposal, version):
        return ""
    letter = compose(AmendmentNotice(version=version, always_because=proposal.always_because.strip()))
    values = {
        "to": to_header("", "somebody@example.org"),
        "date": date_value(timezone.now()),
        "message_id": token_value("not-sent"),
        "unsubscribe": token_value("not-sent"),
    }
    body = message_from_bytes(letter.fill(values), policy=policy.default).get_body(("plain",))
    text: str = body.get_content() if body else ""
    return text.strip()
