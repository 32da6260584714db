"""nginx and Caddy as we ship them: what they pass on to the site, and whom they keep from it."""

import json
import socket
import ssl
import subprocess
from contextlib import ExitStack

import pytest

from tests.deploy.in_front import NAME, caddy, nginx

FORGED = {
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Real-IP": "6.6.6.6",
    "Forwarded": "for=6.6.6.6",
    "X-Request-ID": "ffffffffffffffff",
}


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda make: make.__name__)
def proxy(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param.__name__)
    folder.chmod(0o755)
    with request.param(folder) as found:
        yield found


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    with nginx(tmp_path_factory.mktemp("impatient"), patience="1s") as found:
        yield found


def what_came(answer):
    assert answer.status == 200
    return {name.lower(): value for name, value in json.loads(answer.body).items()}


def test_plain_http_is_led_to_https(proxy):
    answer = proxy.ask_plainly(NAME, "/policies/?page=2")
    assert answer.status in {301, 308}
    assert answer.headers["Location"].startswith(f"https://{NAME}")
    assert answer.headers["Location"].endswith("/policies/?page=2")


def test_what_a_client_says_of_itself_is_not_believed(proxy):
    came = what_came(proxy.ask("/", FORGED))
    assert (came["host"], came["x-forwarded-for"], came["x-forwarded-proto"]) == (NAME, "127.0.0.1", "https")
    assert not {"x-forwarded-host", "x-forwarded-port", "x-real-ip", "forwarded"} & {*came}
    assert came["x-request-id"] != FORGED["X-Request-ID"]
    assert 16 <= len(came["x-request-id"]) <= 64


def test_browsers_are_offered_http2(proxy):
    offer = ssl.create_default_context()
    offer.check_hostname, offer.verify_mode = False, ssl.CERT_NONE
    offer.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", proxy.https), 60) as plain,
        offer.wrap_socket(plain, server_hostname=NAME) as found,
    ):
        assert found.selected_alpn_protocol() == "h2"


def test_who_asks_by_another_name_sees_no_certificate(proxy):
    assert proxy.certificate_for(NAME)
    with pytest.raises(ssl.SSLError):
        proxy.certificate_for("evil.example")


def test_what_is_for_whoever_watches_is_not_for_everybody(proxy):
    """The test asks from this machine, so nginx lets it through; Caddy keeps these two to itself."""
    answers = {path: proxy.ask(path).status for path in ("/readyz", "/metrics", "/healthz")}
    assert answers["/healthz"] == 200
    assert {answers["/readyz"], answers["/metrics"]} in ({200}, {403})


def test_another_name_gets_no_answer_from_nginx(impatient):
    with pytest.raises((ConnectionError, OSError)):
        impatient.ask_plainly("evil.example")


def test_files_may_be_large_where_they_are_uploaded_and_only_there(impatient):
    body = b"x" * (13 * 1024 * 1024)
    assert what_came(impatient.ask("/cms/images/add/", method="POST", body=body))["body"] == len(body)
    assert what_came(impatient.ask("/data-rights/new/", method="POST", body=body))["body"] == len(body)
    with impatient.hold("/contact/", length=len(body)) as held:
        assert b" 413 " in held.recv(4096)


def test_slow_clients_never_reach_the_site_and_are_given_up(impatient):
    with ExitStack() as stack:
        slow = [stack.enter_context(impatient.hold("/slow/")) for _ in range(40)]
        assert impatient.ask("/quick/").status == 200
        # nginx closes each of them; the site was asked for none.
        assert {held.recv(1) for held in slow} == {b""}
    assert "/quick/" in impatient.site.asked
    assert "/slow/" not in impatient.site.asked


def test_one_address_holds_no_more_than_a_hundred_connections(impatient):
    with ExitStack() as stack:
        held = [stack.enter_context(impatient.hold("/many/")) for _ in range(101)]
        assert any(b" 503 " in one.recv(4096) for one in reversed(held))


def test_while_the_site_is_away_people_read_why(tmp_path):
    with nginx(tmp_path) as found:
        found.site.shutdown()
        found.site.server_close()
        answer = found.ask("/")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "120")
        assert b"Back in a moment" in answer.body


def test_certificates_can_be_fetched_over_plain_http(tmp_path):
    challenge = tmp_path / "acme" / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("proof")
    with nginx(tmp_path) as found:
        assert found.ask_plainly(NAME, "/.well-known/acme-challenge/token").body == b"proof"


def test_the_log_has_nobodys_address_and_no_signed_link(tmp_path):
    with nginx(tmp_path) as found:
        found.ask("/account/unsubscribe/a-signed-token/?q=1")
        found.ask("/favicon.ico")
    lines = (tmp_path / "plum.log").read_text().splitlines()
    assert [line.split()[3] for line in lines] == ["/account/", "/"]
    assert not any(word in "".join(lines) for word in ("127.0.0.1", "signed", "q=1"))


def test_debian_finds_nothing_to_mend_in_the_caddyfile():
    done = subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"], check=False)
    assert done.returncode == 0
