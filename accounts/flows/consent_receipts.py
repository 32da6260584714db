"""The receipt of each consent, for the download: the fields of a consent record by ISO/IEC TS 27560:2023.

The names of the fields, and which must be there, are those of the standard's clause 6, as the W3C's DPV group says:
https://w3id.org/dpv/guides/consent-27560
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ConsentRecord, User
from accounts.personal_data.archive import ExtraFile, add_extra
from accounts.personal_data.archive.article15 import RIGHTS
from accounts.personal_data.archive.controller import Controller, controller
from accounts.values.country import COUNTRY, LAW
from accounts.values.language import site_language
from accounts.values.organisation import organisation
from accounts.values.wording import Words

SCHEMA = "ISO/IEC TS 27560:2023"
Purpose = ConsentRecord.Purpose
# What each is about: the standard's `pii_type`.
ABOUT: Final[Mapping[str, tuple[Words, ...]]] = {
    Purpose.MARKETING_BY_EMAIL: (_("Your name"), _("Your e-mail address")),
    Purpose.MARKETING_BY_POST: (_("Your name"), _("Your postal address")),
    Purpose.PASSING_ON: (_("Your name"), _("Your contact details")),
    Purpose.ANALYTICS: (
        _("The address of each public page you read here"),
        _("Your IP address"),
        _("Facts about your browser"),
    ),
}
UNTIL = _("Until you take it back or your account is closed")
IN_ACCOUNT = _("On the page of your account where you choose what mail you want: %(url)s")
IN_BROWSER = _("At the foot of every page, or on the page about cookies, in each browser in which you agreed")


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
    person = f"person-{record.person_id}"
    return {
        "record": {
            "schema_version": SCHEMA,
            "record_id": f"consent-{record.pk}",
            "receipt_id": f"receipt-{record.pk}",
            "pii_principal_id": person,
        },
        "pii_processing": {
            "privacy_notice": record.wording,
            "privacy_notice_version": record.version,
            "privacy_notice_digest": record.digest or None,
            "language": site_language(),
            "purposes": [_purpose_of(record, known)],
        },
        "party_identification": [_party_of(known)],
        "event": {
            "event_time": record.at.isoformat(),
            "event_type": "explicit",
            "event_state": "given" if record.given else "withdrawn",
            "validity_duration": str(UNTIL),
            "where": record.get_where_display(),
            "entity_id": person,
        },
    }


def _purpose_of(record: ConsentRecord, known: Controller) -> dict[str, object]:
    return {
        "purpose": record.get_purpose_display(),
        "purpose_type": record.purpose,
        "lawful_basis": "consent",
        "pii_information": [{"pii_type": str(words)} for words in ABOUT[record.purpose]],
        "pii_controllers": [known.name],
        "storage_locations": [gettext("On the server of this website"), str(LAW.ABOUT_ABROAD)],
        "retention_period": str(UNTIL),
        "jurisdiction": COUNTRY.NAME,
        "recipient_third_parties": record.recipient.split("; ") if record.recipient else [],
        "withdrawal_method": _taken_back_where(record),
        "privacy_rights": [str(words) for words in RIGHTS],
        "authority_party": known.regulator.name,
    }


def _taken_back_where(record: ConsentRecord) -> str:
    if record.purpose == Purpose.ANALYTICS:
        return str(IN_BROWSER)
    return str(IN_ACCOUNT) % {"url": settings.SITE_URL + reverse("accounts:preferences")}


def _party_of(known: Controller) -> dict[str, object]:
    runs = organisation()
    return {
        "party_id": known.name,
        "party_name": known.name,
        "party_role": "PII controller",
        "party_type": "PII controller",
        "party_address": ", ".join(runs.registered_office or runs.address_lines),
        "party_email": runs.email,
        "party_phone": runs.phone,
        "party_url": settings.SITE_URL,
        "party_contact": list(known.contact),
    }
