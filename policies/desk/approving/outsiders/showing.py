"""What an outsider is shown of a draft: its redline or text, its words, and the mail about it as it will read."""

from policies.desk.approving.models import OutsideReview
from policies.desk.look.looking import look_at
from policies.reading.contexts import redline_context


def shown_to_outsiders(review: OutsideReview) -> dict[str, object]:
    """Return what the page shows; the caller has made sure that the newest draft is still the one in question."""
    look = look_at(review.page, by=None)
    document = look.proposal.document
    redline = redline_context(look.kept.document, document) if look.kept else {}
    mail = look.mail.text.strip() if look.mail else ""
    return {"version": look.version, "document": document, "old": look.kept, "mail": mail, **redline}
