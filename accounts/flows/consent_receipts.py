"""The receipt of each consent, for the download: the fields of a consent record by ISO/IEC TS 27560:2023.

The names of the fields are those of the standard's clause 6, in snake case.
"""

import json
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ConsentRecord, User
from accounts.personal_data.archive import ExtraFile, add_extra
from accounts.personal_data.archive.controller import Controller, controller
from accounts.values.language import site_language

SCHEMA = "ISO/IEC TS 27560:2023"
NOBODY = _("Nobody else")


@add_extra
def consent_receipts(person: User) -> Iterator[ExtraFile]:
    """Return one file with a receipt for each time the person agreed or took it back; none where they never did."""
    records = list(ConsentRecord.objects.filter(person=person).order_by("pk"))
    if records:
        known = controller()
        receipts = [receipt_of(record, known) for record in records]
        text = json.dumps(receipts, ensure_ascii=False, indent=1)
        yield ExtraFile(
            "consent-receipts.json",
            text,
            gettext("A receipt of each consent you gave or took back (%(schema)s)") % {"schema": SCHEMA},
        )


def receipt_of(record: ConsentRecord, known: Controller) -> dict[str, object]:
    """Return one record as the standard names its parts."""
    return {
        "record": {
            "schema_version": SCHEMA,
            "record_id": f"consent-{record.pk}",
            "pii_principal_id": f"person-{record.person_id}",
        },
        "pii_processing": {
            "privacy_notice": record.wording,
            "privacy_notice_version": record.version,
            "privacy_notice_digest": record.digest or None,
            "language": site_language(),
            "purposes": [
                {
                    "purpose": record.get_purpose_display(),
                    "lawful_basis": "consent",
                    "pii_controllers": [known.name],
                    "recipients": [record.recipient or NOBODY],
                    "withdrawal_method": "On the page where it was given, at any time",
                }
            ],
        },
        "party_identification": [
            {"party_id": known.name, "party_type": "PII controller", "party_contact": list(known.contact)}
        ],
        "event": {
            "event_time": record.at.isoformat(),
            "event_type": "explicit",
            "event_state": "given" if record.given else "withdrawn",
            "validity_duration": "until withdrawn",
            "consent_type": "explicit consent by a button",
            "where": record.get_where_display(),
            "entity_id": f"person-{record.person_id}",
        },
    }
