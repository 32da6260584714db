"""What approving adds to the evidence of a version: who stood behind it, who reviewed it, and how the rule stood."""

import datetime as dt
import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from policies.desk.approving.models import Approval, OutsideReview, TwoPeopleRule
from policies.versions.evidence import EvidenceFile
from policies.versions.models import PolicyVersion


def approvals_of(version: PolicyVersion) -> Iterator[EvidenceFile]:
    """Yield the approvals and answered reviews by which a version was announced. Nobody's address is among them."""
    approvals = Approval.objects.filter(version=version).select_related("by").order_by("pk")
    reviews = OutsideReview.objects.filter(version=version).exclude(answer="").order_by("pk")
    facts = {
        "rule": _rule(version),
        "approvals": [_approval(approval) for approval in approvals],
        "reviews": [_review(review) for review in reviews],
    }
    text = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"
    yield EvidenceFile("approvals.json", text, "who approved and reviewed it, and how the rule of two people stood")


def _rule(version: PolicyVersion) -> dict[str, object]:
    """Return how the rule stood when the version was announced here; off, before it was ever switched."""
    announced = (version.recorded_at or version.announced_at) + dt.timedelta(seconds=1)  # it is kept in whole seconds
    stood = TwoPeopleRule.objects.filter(at__lt=announced).order_by("-pk").first()
    rule = stood or TwoPeopleRule()
    names = ("is_on", "corrections_alone", "outsiders_count")
    facts: dict[str, object] = {name: getattr(rule, name) for name in names}
    return facts | {"since": stood and stood.at, "because": rule.reason}


def _approval(approval: Approval) -> dict[str, object]:
    return {
        "kind": approval.get_kind_display(),
        "by": str(approval.by) if approval.by else None,
        "at": approval.at,
        "words": approval.words,
        "digest_of_what_was_approved": approval.digest,
    }


def _review(review: OutsideReview) -> dict[str, object]:
    return {
        "answer": review.standing,
        "asked": review.name,
        "signed": review.signed_name,
        "at": review.answered_at,
        "words": review.words,
        "digest_of_what_was_reviewed": review.digest,
    }
