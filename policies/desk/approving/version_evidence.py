"""What approving puts into the evidence of a version: how the rule stood, who approved it, and what outsiders said."""

import json
from collections.abc import Iterator

from policies.desk.approving.behind import behind_versions
from policies.desk.approving.models import Approval, OutsideReview, TwoPeopleRule
from policies.desk.approving.switching import in_words
from policies.versions.evidence import EvidenceFile
from policies.versions.models import PolicyVersion


def who_stood_behind(version: PolicyVersion) -> Iterator[EvidenceFile]:
    """Yield the approvals and the answered reviews of a version, and the rule as it stood when it was announced."""
    at = version.recorded_at or version.announced_at
    # Announced in whole seconds: what was switched in the same second counts as before.
    rule = TwoPeopleRule.objects.filter(at__lte=at.replace(microsecond=999_999)).first() or TwoPeopleRule()
    behind = behind_versions([version])[version.pk]
    held = {
        "rule": in_words(rule),
        "approvals": [_approval(one) for one in behind.approvals],
        "reviews": [_review(one) for one in behind.reviews],
    }
    about = "who approved this version besides its authors, what outsiders said of it, and the rule as it stood"
    yield EvidenceFile("approvals.json", json.dumps(held, indent=2, ensure_ascii=False) + "\n", about)


def _approval(row: Approval) -> dict[str, object]:
    return {
        "kind": row.kind,
        "by": str(row.by) if row.by else None,
        "at": row.at.isoformat(),
        "words": row.words,
        "draft": row.revision_id,
        "digest_of_proposal": row.digest,
    }


def _review(row: OutsideReview) -> dict[str, object]:
    return {
        "asked": row.name,
        "asked_at": row.made_at.isoformat(),
        "answer": row.answer,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        "signed": row.signed_name,
        "words": row.words,
        "draft": row.revision_id,
        "digest_of_proposal": row.digest,
    }
