"""The doctor looks at what stands in front: what a request really brings, and how long the certificate holds."""

import datetime as dt
import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Group

from accounts.models import User
from home.operations.doctor.brought import SECONDS, sign
from tests.making.doctor import found, is_well, to_do
from tests.making.people import a_person
from tests.policies.notices.servers import certificate_for, serving_tls


class Answers(BaseHTTPRequestHandler):
    """Somebody else's program."""

    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(status: int = 200, tls: ssl.SSLContext | None = None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Once", (Answers,), {"status": status}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusting(settings):
    def trust(number: int) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = number
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if number else None

    return trust


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFromTheMachineItself:
    @pytest.fixture(autouse=True)
    def _site(self, live_server, settings, trusting):
        settings.SITE_URL = live_server.url
        trusting(0)

    def test_a_site_that_is_reached_and_believes_no_lies_is_well(self):
        assert is_well("front"), found("front")

    def test_one_that_believes_any_address_is_told_how_to_stop_it(self, trusting):
        trusting(1)
        said = to_do("front")
        assert "believes an address that any visitor may make up" in said
        assert "X-Forwarded-For $remote_addr" in said

    def test_nobody_there_another_program_and_an_error_are_told_apart(self, settings):
        settings.SITE_URL = "http://127.0.0.1:1"
        assert "cannot be reached" in to_do("front")
        with serving() as port:
            settings.SITE_URL = f"http://127.0.0.1:{port}"
            assert "Something else than this site answers" in to_do("front")
        with serving(502) as port:
            settings.SITE_URL = f"http://127.0.0.1:{port}"
            assert "answers with 502" in to_do("front")


class TestFromTheCms:
    @pytest.fixture
    def head(self, client, verified):
        return verified(client, User.objects.create_superuser("head@example.org"))

    def says(self, client, **headers: str) -> str:
        return self.entry(client, "What stands in front", **headers).get_text(" ", strip=True)

    def entry(self, client, title: str, **headers: str) -> Tag:
        page = client.get("/cms/reports/doctor/", headers=headers, secure=True)
        assert page.status_code == 200
        return BeautifulSoup(page.text, "html.parser").find("dt", string=title).parent

    def test_a_request_as_it_should_be(self, head, trusting):
        trusting(1)
        brought = {"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"}
        assert "A request came as https://testserver, from 198.51.100.7" in self.says(head, **brought)

    def test_a_proxy_that_nobody_trusts(self, head, trusting):
        trusting(0)
        assert "it is not trusted" in self.says(head, **{"x-forwarded-for": "198.51.100.7"})

    def test_a_scheme_that_does_not_come_through(self, head, trusting):
        trusting(1)
        brought = {"host": "testserver", "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "http"}
        assert "X-Forwarded-Proto $scheme" in self.says(head, **brought)

    def test_fewer_addresses_than_proxies(self, head, trusting):
        trusting(2)
        assert "brought fewer addresses" in self.says(
            head, **{"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"}
        )

    def test_another_name_than_the_sites(self, head, trusting):
        trusting(0)
        assert "asked as localhost" in self.says(head, host="localhost")

    def test_what_is_to_be_done_comes_before_what_is_well(self, head, trusting):
        trusting(0)
        entry = self.entry(head, "What stands in front", **{"x-forwarded-for": "198.51.100.7"})
        assert entry.find_previous("h2").text == "To do"
        assert self.entry(head, "Database").find_previous("h2").text == "Well"
        assert self.entry(head, "Static files").find_previous("h2").text == "Not asked"

    def test_records_of_the_mail_domain_are_lines_to_paste(self, head, settings):
        settings.DEFAULT_FROM_EMAIL = "policies@plum.example"
        lines = self.entry(head, "Records of the mail domain").pre.text.splitlines()
        assert [line.split()[0] for line in lines] == [
            "plum.example.",
            "mail._domainkey.plum.example.",
            "_dmarc.plum.example.",
        ]

    def test_what_is_to_be_typed_is_shown_as_such(self, head, trusting):
        trusting(1)
        brought = {"host": "testserver", "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "http"}
        entry = self.entry(head, "What stands in front", **brought)
        assert entry.code.text == "proxy_set_header X-Forwarded-Proto $scheme;"
        assert "`" not in entry.text

    def test_the_page_is_for_administrators(self, client, verified):
        somebody = a_person("edith@example.org")
        somebody.groups.add(Group.objects.get(name="Editors"))
        assert verified(client, somebody).get("/cms/reports/doctor/").status_code == 302
        assert "/cms/reports/doctor/" not in client.get("/cms/").text

    def test_administrators_find_it_in_the_menu(self, head):
        assert "/cms/reports/doctor/" in head.get("/cms/").text


@pytest.mark.django_db
class TestWhatABroughtRequestTells:
    def test_only_a_fresh_signature_of_ours_is_told(self, client, freezer):
        signature = sign()
        assert json.loads(client.get("/healthz", {"brought": signature}).text)["host"] == "testserver"
        assert client.get("/healthz", {"brought": "brought"}).text == "ok\n"
        freezer.tick(SECONDS + 1)
        assert client.get("/healthz", {"brought": signature}).text == "ok\n"


class TestCertificate:
    def test_a_site_without_https_is_not_asked(self, settings):
        settings.SITE_URL = "http://localhost"
        assert found("certificate")["verdict"] == "not asked"

    def test_one_that_holds_is_well_and_one_that_ends_soon_is_not(self, settings, tmp_path, monkeypatch):
        certificate = certificate_for("127.0.0.1", tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with serving(tls=serving_tls(certificate)) as port:
            settings.SITE_URL = f"https://127.0.0.1:{port}"
            assert "certbot renew" in to_do("certificate")  # those of our tests hold for a day
            monkeypatch.setattr("home.operations.doctor.outside.RENEW_BEFORE", dt.timedelta(hours=1))
            assert is_well("certificate"), found("certificate")

    def test_one_that_nobody_trusts_is_said(self, settings, tmp_path):
        with serving(tls=serving_tls(certificate_for("127.0.0.1", tmp_path))) as port:
            settings.SITE_URL = f"https://127.0.0.1:{port}"
            assert "Browsers refuse it" in to_do("certificate")
            assert found("front")["verdict"] == "not asked"

    def test_nobody_at_the_port_is_said(self, settings):
        settings.SITE_URL = "https://127.0.0.1:1"
        assert "shows none" in to_do("certificate")
