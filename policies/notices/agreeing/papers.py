"""What the evidence of a version holds of answers: in figures, and one person's own."""

import json
from collections.abc import Iterator

from accounts.models import User
from policies.notices.agreeing.counting import answers_by_version
from policies.notices.models.answers import Answer
from policies.versions.asking import facts_of
from policies.versions.evidence import EvidenceFile, add_evidence, add_evidence_of_person
from policies.versions.models import PolicyVersion


@add_evidence
def answers_in_figures(version: PolicyVersion) -> Iterator[EvidenceFile]:
    """Say what the version asks, and how many answered what, where it asks anything."""
    if facts := facts_of(version):
        counted = answers_by_version([version]).get(version.pk, dict.fromkeys(Answer.Kind.values, 0))
        content = json.dumps(facts | {"answers": counted}, indent=1, ensure_ascii=False)
        yield EvidenceFile("answers.json", content, "What this version asks people for, and how many answered what")


@add_evidence_of_person
def answers_of_person(version: PolicyVersion, person: User) -> Iterator[EvidenceFile]:
    """List the person's answers to the version, oldest first, by which words and where."""
    given = Answer.objects.filter(version=version, person=person).order_by("pk")
    rows = [
        {
            "answer": answer.kind,
            "words": answer.wording,
            "language": answer.language,
            "where": answer.where,
            "age_stated": answer.age_stated,
            "at": answer.at.isoformat(),
            "digest": answer.digest,
        }
        for answer in given
    ]
    if rows:
        content = json.dumps(rows, indent=1, ensure_ascii=False)
        yield EvidenceFile("answers.json", content, "What this person answered to this version, in order")
