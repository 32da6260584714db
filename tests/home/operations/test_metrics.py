"""`/metrics` says figures to Prometheus: to whoever has the token, or to this machine past every proxy."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.examining import examinations
from home.operations.housekeeping import keep_house
from tests.making.contact import an_enquiry
from tests.making.notices import a_sending_notice
from tests.making.people import a_person
from tests.making.rights import a_request

TOKEN = "a-token-for-this-test-0123456789"


@pytest.fixture(autouse=True)
def _nobody_outside_is_asked(settings, tmp_path):
    settings.SITE_URL = "http://testserver"
    settings.VAR_DIR, settings.LAST_BACKUP = tmp_path, tmp_path / "last-backup"


def figures(client, **headers: str) -> dict[tuple[str, ...], float]:
    """Return each figure by its name and the values of its labels, as a program reads them."""
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.mark.django_db
class TestWhoMayAsk:
    def test_this_machine_past_every_proxy(self, client):
        assert figures(client)[("plum_database_up",)] == 1

    def test_this_machine_at_a_socket_in_the_file_system(self, client):
        """granian has no address of who asks there."""
        assert client.get("/metrics", REMOTE_ADDR="").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404

    @pytest.mark.parametrize("header", ["x-forwarded-for", "x-forwarded-proto", "forwarded", "x-real-ip", "via"])
    def test_nobody_whom_a_proxy_on_this_machine_passes_on(self, client, header):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404

    def test_no_other_machine(self, client):
        assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404

    def test_whoever_has_the_token_and_then_nobody_without(self, client, settings):
        settings.METRICS_TOKEN = TOKEN
        assert figures(client, **{"authorization": f"Bearer {TOKEN}", "x-forwarded-for": "192.0.2.7"})
        for wrong in ({}, {"authorization": f"Bearer {TOKEN}x"}, {"authorization": "Bearer "}):
            assert client.get("/metrics", headers=wrong).status_code == 404


@pytest.mark.django_db
class TestWhatIsSaid:
    def test_of_programs_and_the_proof(self, client, privacy):
        found = figures(client)
        assert found[("plum_last_seen_timestamp_seconds", "proof")] == 0
        keep_house()
        call_command("verify_policies", verbosity=0)
        found = figures(client)
        for part in ("worker", "housekeeping", "round", "proof"):
            assert time.time() - found[("plum_last_seen_timestamp_seconds", part)] < 60
        assert found[("plum_last_time_was_well", "proof")] == 1
        assert found[("plum_oldest_due_task_seconds",)] == 0

    def test_of_notices_and_their_mails(self, client, privacy):
        for number in range(3):
            a_person(f"p{number}@example.org")
        notice = a_sending_notice(privacy)
        assert figures(client)[("plum_notice_mails_waiting", "first")] == 3
        assert figures(client)[("plum_notices", "sending")] == 1
        keep_house()
        notice.deliveries.filter(person__email="p0@example.org").update(state="unreachable", reason="bounced")
        found = figures(client)
        assert found[("plum_notices", "done")] == 1
        assert found[("plum_notice_mails_sent_total",)] == 3
        assert found[("plum_bounces",)] == 1

    def test_of_requests_and_enquiries(self, client, settings):
        a_request(received_on=timezone.localdate())
        an_enquiry(client)
        found = figures(client)
        assert found[("plum_requests", "open")] == 1
        assert found[("plum_requests", "late")] == 0
        assert found[("plum_enquiries_unread",)] == 1

    def test_of_the_last_backup(self, client, tmp_path):
        assert figures(client)[("plum_last_backup_timestamp_seconds",)] == 0
        (tmp_path / "last-backup").touch()
        assert time.time() - figures(client)[("plum_last_backup_timestamp_seconds",)] < 60

    def test_of_the_certificate_once_an_hour(self, client, settings, monkeypatch):
        asked = []
        ends = timezone.now() + timedelta(days=60)
        monkeypatch.setattr("home.operations.figures.certificates_end", lambda: asked.append(1) or ends)
        cache.clear()
        settings.SITE_URL = "https://plum.example"
        for _ in range(2):
            found = figures(client)
            assert found[("plum_certificate_end_timestamp_seconds",)] == pytest.approx(ends.timestamp())
        assert len(asked) == 1

    def test_they_cost_few_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(30):
            figures(client)


def test_without_the_database_they_say_so_and_what_they_know(client, monkeypatch):
    def away(*_: object, **__: object):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        found = figures(client)
    assert found[("plum_database_up",)] == 0
    assert ("plum_free_bytes",) in found


def test_every_examination_has_a_key_of_its_own():
    keys = [one.key for one in examinations()]
    assert len(keys) == len(set(keys)) > 20
