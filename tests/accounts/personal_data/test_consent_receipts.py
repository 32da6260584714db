"""The download has a receipt of each consent, with every field that ISO/IEC TS 27560:2023 calls mandatory."""

import pytest
from django.test import Client

from accounts.values.country import COUNTRY
from home.cookies.consent.question import question
from tests.accounts.personal_data.archives import download
from tests.making.choices import the_site_chooses
from tests.making.contact import an_organisation
from tests.making.people import a_person, confirm_identity, sign_in

pytestmark = pytest.mark.django_db
FILE = "consent-receipts.json"
HERE = {"Sec-Fetch-Site": "same-origin"}
# https://w3id.org/dpv/guides/consent-27560, "ISO 27560:2023, EU GDPR, and DPV".
MANDATORY = {
    "record": {"schema_version", "record_id", "receipt_id", "pii_principal_id"},
    "pii_processing": {"privacy_notice", "language", "purposes"},
    "purpose": {
        "purpose", "pii_information", "pii_controllers", "storage_locations", "retention_period", "jurisdiction",
        "recipient_third_parties", "withdrawal_method",
    },
    "party": {"party_id", "party_address", "party_name", "party_contact", "party_type"},
    "event": {"event_time", "validity_duration", "entity_id", "event_type", "event_state"},
}  # fmt: skip


@pytest.fixture
def reader(client) -> Client:
    """Somebody signed in, at an organisation that can be reached."""
    an_organisation(name="Quince Care", legal_name="Quince Care Limited", registered_office="2 Orchard Road\nHitchin")
    a_person()
    sign_in(client)
    confirm_identity(client)
    return client


def agree_to(client: Client, purpose: str) -> None:
    client.post("/account/preferences/consents/", {"agree": purpose, "version": 1})


def filled(part: dict[str, object], *, may_be_empty: str = "") -> set[str]:
    return {name for name, value in part.items() if value or name == may_be_empty}


def test_who_never_agreed_has_no_receipts(reader):
    assert FILE not in download(reader).names


def test_every_mandatory_field_is_there_and_filled(reader):
    the_site_chooses(third_parties="Partner Ltd\nFriend Ltd", analytics_id="G-ABC123DEF4")
    for purpose in ("marketing_by_email", "marketing_by_post", "passing_on"):
        agree_to(reader, purpose)
    reader.post("/cookies/answer/", {"answer": "yes", "digest": question().digest}, headers=HERE)
    receipts = download(reader).json(FILE)
    assert len(receipts) == 4
    for receipt in receipts:
        (purpose,), (party,) = receipt["pii_processing"]["purposes"], receipt["party_identification"]
        assert MANDATORY["record"] <= filled(receipt["record"])
        assert MANDATORY["pii_processing"] <= filled(receipt["pii_processing"])
        assert MANDATORY["purpose"] <= filled(purpose, may_be_empty="recipient_third_parties")
        assert all(one["pii_type"] for one in purpose["pii_information"])
        assert MANDATORY["party"] <= filled(party)
        assert MANDATORY["event"] <= filled(receipt["event"])
        assert (party["party_name"], party["party_address"]) == ("Quince Care Limited", "2 Orchard Road, Hitchin")
        assert purpose["jurisdiction"] == COUNTRY.NAME


def test_a_receipt_says_who_gets_what_and_how_that_ends(reader):
    the_site_chooses(third_parties="Partner Ltd\nFriend Ltd", analytics_id="G-ABC123DEF4")
    agree_to(reader, "marketing_by_post")
    agree_to(reader, "passing_on")
    reader.post("/cookies/answer/", {"answer": "yes", "digest": question().digest}, headers=HERE)
    post, passing_on, analytics = download(reader).json(FILE)
    of = lambda receipt: receipt["pii_processing"]["purposes"][0]  # noqa: E731
    assert [of(one)["recipient_third_parties"] for one in (post, passing_on, analytics)] == [
        [],
        ["Partner Ltd", "Friend Ltd"],
        ["Google"],
    ]
    assert {"pii_type": "Your postal address"} in of(post)["pii_information"]
    assert {"pii_type": "Your IP address"} in of(analytics)["pii_information"]
    assert of(post)["withdrawal_method"].endswith("https://testserver/account/preferences/")
    assert "foot of every page" in of(analytics)["withdrawal_method"]
    assert analytics["pii_processing"]["privacy_notice_digest"] == question().digest


def test_what_was_taken_back_has_a_receipt_of_its_own(reader):
    agree_to(reader, "marketing_by_email")
    reader.post("/account/preferences/consents/", {"take_back": "marketing_by_email"})
    assert [one["event"]["event_state"] for one in download(reader).json(FILE)] == ["given", "withdrawn"]
