"""What machines are told of a version: Link headers, its digest, and the register of its day in the terms of DPV."""

import pytest
from django.db import DatabaseError, connection, transaction

from policies.versions.kept_register import BASES, KeptRegister
from policies.versions.models import PolicyVersion
from tests.making.policies import a_draft, announce
from tests.making.versions import TODAY, days, put, row

pytestmark = pytest.mark.django_db


def test_the_register_of_the_day_is_kept_with_a_version_and_served_as_json_ld(client, privacy):
    answer = client.get("/policies/privacy/versions/1.0/dpv/")
    assert answer["Content-Type"] == "application/ld+json"
    data = answer.json()
    version = PolicyVersion.objects.get()
    assert data["@context"]["dpv"] == "https://w3id.org/dpv#"
    assert data["dpv:hasNotice"]["dct:identifier"] == f"sha256:{version.digest}"
    account = next(process for process in data["dpv:hasProcess"] if process["@id"] == "#account")
    assert account["@type"] == "dpv:Process"
    assert account["dpv:hasLegalBasis"]["@id"] in BASES.values()
    assert account["dpv:hasPersonalData"] and account["dpv:hasPurpose"]["rdfs:label"]
    assert {one["@type"] for one in account["dpv:hasStorageCondition"]} == {
        "dpv:StorageDuration",
        "dpv:StorageDeletion",
    }


def test_a_period_is_written_as_machines_read_it(client, privacy):
    data = client.get("/policies/privacy/versions/1.0/dpv/").json()
    durations = [
        one["dpv:hasDuration"]
        for process in data["dpv:hasProcess"]
        for one in process["dpv:hasStorageCondition"]
        if "dpv:hasDuration" in one
    ]
    assert durations and all(one.startswith("P") and one.endswith("D") for one in durations)


def test_what_was_kept_is_never_changed_not_even_in_sql(privacy):
    for statement in ("UPDATE policies_keptregister SET processes = '[]'", "DELETE FROM policies_keptregister"):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert KeptRegister.objects.get().processes


def test_a_policy_that_is_not_about_personal_data_has_none(client):
    announce(a_draft(slug="terms"), about_personal_data=False)
    assert client.get("/policies/terms/versions/1.0/dpv/").status_code == 404
    page = client.get("/policies/terms/")
    assert "/dpv/" not in page.content.decode() and "/dpv/" not in page["Link"]


def test_a_version_of_the_past_does_not_claim_the_register_of_today(client):
    put(a_draft(), row(1, TODAY - days(40)))
    assert client.get("/policies/privacy/versions/1.0/dpv/").status_code == 404


@pytest.mark.parametrize("address", ["/policies/privacy/", "/policies/privacy/versions/1.0/"])
def test_the_page_of_a_text_leads_machines_to_its_other_forms_and_names_its_digest(client, privacy, address):
    page = client.get(address)
    version = PolicyVersion.objects.get()
    for form, kind in (("text", "text/plain"), ("json", "application/json")):
        where = f"https://testserver/policies/privacy/versions/1.0/{form}/"
        assert f'<{where}>; rel="alternate"; type="{kind}"' in page["Link"]
    assert '/dpv/>; rel="describedby"; type="application/ld+json"' in page["Link"]
    assert f'<meta name="digest" content="sha-256:{version.digest}">' in page.content.decode()
