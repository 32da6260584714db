"""What the register of personal data said when a policy about it was announced: for machines, and frozen.

In the terms of the W3C's Data Privacy Vocabulary, DPV 2 (https://w3id.org/dpv).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from accounts.models.append_only import AppendOnlyModel
from accounts.models.triggers import Trigger
from accounts.personal_data.register import Kind, LawfulBasis
from accounts.personal_data.table import About, erased_how, kinds_about
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal

# `LAW.LAWFUL_BASIS` in the words of DPV's core: its terms for one Act of Parliament are not settled.
BASES: dict[str, str] = {
    LawfulBasis.CONSENT: "dpv:Consent",
    LawfulBasis.CONTRACT: "dpv:Contract",
    LawfulBasis.LEGAL_OBLIGATION: "dpv:LegalObligation",
    LawfulBasis.VITAL_INTERESTS: "dpv:VitalInterest",
    LawfulBasis.PUBLIC_TASK: "dpv:PublicInterest",
    LawfulBasis.LEGITIMATE_INTERESTS: "dpv:LegitimateInterestOfController",
}
Json = dict[str, object]


class KeptRegister(AppendOnlyModel):
    """What was held about people when a version was announced: a `dpv:Process` for each kind of the register."""

    NEVER_CHANGED = "What was kept with an announced version is never changed."
    NEVER_DELETED = "What was kept with an announced version is never deleted."

    version: ClassVar = models.OneToOneField(
        PolicyVersion, models.PROTECT, primary_key=True, related_name="kept_register"
    )
    processes = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"register kept with version {self.pk}"


TABLE = KeptRegister._meta.db_table
FROZEN = "what was kept with an announced version is frozen"
KEPT_TRIGGERS = (
    Trigger(TABLE, "kept_update", "UPDATE", FROZEN),
    Trigger(TABLE, "kept_delete", "DELETE", FROZEN),
    Trigger(TABLE, "kept_truncate", "TRUNCATE", FROZEN, {"postgresql": ""}),
)


def keep_register(version: PolicyVersion, proposal: Proposal) -> None:
    """Keep what the register says now, in the transaction that announces; of the past nobody knows what it said."""
    if proposal.about_personal_data and proposal.announced_elsewhere is None:
        KeptRegister.objects.create(version=version, processes=[process_of(kind) for kind in kinds_about(About.PEOPLE)])


def has_register() -> Exists:
    """Return whether something was kept with a version, as an expression over versions."""
    return Exists(KeptRegister.objects.filter(version=OuterRef("pk")))


def process_of(kind: Kind) -> Json:
    """Return one kind of personal data as a `dpv:Process`; its words are those that people read."""
    span = kind.retention.span
    when_closed = gettext("When the account is closed: %(how)s")
    duration: Json = {"dpv:hasDuration": f"P{span.days}D"} if span is not None and span.days else {}
    return {
        "@id": f"#{kind.key}",
        "@type": "dpv:Process",
        "dct:title": str(kind.title),
        "dct:description": str(kind.what),
        "dpv:hasProcessing": [{"@id": "dpv:Collect"}, {"@id": "dpv:Store"}],
        "dpv:hasPersonalData": [
            {"@type": "dpv:PersonalData", "rdfs:label": str(column.words)} for column in kind.columns
        ],
        "dpv:hasPurpose": {"@type": "dpv:Purpose", "rdfs:label": str(kind.why)},
        "dpv:hasLegalBasis": {"@id": BASES[kind.basis], "rdfs:label": str(LawfulBasis(kind.basis).label)},
        "dpv:hasRecipient": [{"@type": "dpv:Recipient", "rdfs:label": str(name)} for name in kind.receivers],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "rdfs:label": kind.retention.words, **duration},
            {"@type": "dpv:StorageDeletion", "rdfs:label": when_closed % {"how": erased_how(kind)}},
        ],
    }
