"""With django-anymail a mail service sends the notices, and its webhook says what came back."""

import datetime as dt
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from anymail.backends.test import EmailBackend
from anymail.exceptions import AnymailAPIError, AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus
from anymail.signals import tracking
from django.core import mail
from requests import Response

from accounts.models import DeadAddress
from policies.notices.bounces.looking import on_tracking_event
from policies.notices.letter.marks import mark_of
from policies.notices.models import Delivery
from policies.notices.models.notices import DeliveryState, Reason
from policies.notices.sending.backends import open_connection
from policies.notices.sending.envelopes import Verdict
from policies.notices.sending.loop import send
from policies.notices.sending.one_by_one import OneByOne
from tests.making.notices import a_sending_notice, fresh
from tests.making.people import a_person
from tests.policies.notices.bounces.mails import message_id
from tests.policies.notices.handing import envelope, hand_over

ROOT = Path(__file__).resolve().parents[4]
GONE = "smtp;550 5.1.1 The email account that you tried to reach does not exist."
SECRET = "plum:a-long-secret"


@pytest.fixture
def webhook(client, settings):
    """`webhook(metadata, …)` posts what Postmark posts about a mail that came back."""
    settings.ROOT_URLCONF = "tests.policies.notices.bounces.mail_services"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    tracking.connect(on_tracking_event)

    def post(metadata, secret=SECRET, **fields):
        words = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 42, "BouncedAt": "2026-06-01T10:00:00Z"}
        words |= {"MessageID": "b7bc2f4a", "Metadata": metadata, "Details": GONE, "Email": "ann@example.org"} | fields
        login = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
        client.raise_request_exception = False
        return client.post("/anymail/postmark/tracking/", words, "application/json", headers=login)

    yield post
    tracking.disconnect(on_tracking_event)


def mark(delivery: Delivery) -> dict[str, str]:
    return {"delivery": mark_of(delivery.pk)}


def frozen(delivery: Delivery, **changes):
    body = f"Message-ID: {message_id(delivery)}\r\nFrom: Plum <policies@example.org>\r\nTo: x@y\r\n\r\nHello\r\n"
    return envelope(1, body=body.encode(), **{"sender": "policies@example.org"} | changes)


def test_a_notice_goes_out_through_a_service_and_its_report_comes_back(privacy, settings, webhook):
    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": "anymail.backends.test.EmailBackend"}
    ann, ben = a_person("ann@example.org"), a_person("ben@example.org")
    notice = a_sending_notice(privacy)
    send(during=dt.timedelta(seconds=30), notice=notice)
    sent = {message.to[0]: message.anymail_test_params for message in mail.outbox}
    assert "envelope_sender" not in sent["ann@example.org"]
    assert webhook(sent["ann@example.org"]["metadata"]).status_code == 200
    states = {person: Delivery.objects.get(notice=notice, person=person).state for person in (ann, ben)}
    assert states == {ann: DeliveryState.UNREACHABLE, ben: DeliveryState.SENT}
    assert DeadAddress.objects.get().address.user == ann
    assert fresh(notice).unreachable == 1


def test_the_words_of_the_service_are_kept(webhook, delivery):
    webhook(mark(delivery), Details="smtp;552 5.2.2 mailbox\0 full\n(too many mails)")
    delivery = fresh(delivery)
    assert (delivery.reason, delivery.reply) == (Reason.BOUNCED, "smtp;552 5.2.2 mailbox full (too many mails)")


@pytest.mark.parametrize(
    ("fields", "dead"),
    [
        ({}, True),
        ({"Details": "smtp;552 5.2.2 mailbox full"}, False),
        ({"Type": "SoftBounce", "Details": "", "Description": "It may work again."}, False),
        ({"Type": "BadEmailAddress", "Details": ""}, True),
        ({"Type": "Blocked", "Details": ""}, False),
    ],
    ids=str,
)
def test_only_what_is_said_of_the_address_makes_it_dead(webhook, delivery, fields, dead):
    assert webhook(mark(delivery), **fields).status_code == 200
    assert fresh(delivery).state == DeliveryState.UNREACHABLE
    assert DeadAddress.objects.exists() == dead


@pytest.mark.parametrize(
    "fields",
    [{"Type": "AutoResponder"}, {"Type": "Transient"}, {"RecordType": "Delivery"}, {"Type": "SpamComplaint"}],
    ids=str,
)
def test_what_is_no_failure_changes_nothing(webhook, delivery, fields):
    assert webhook(mark(delivery), **fields).status_code == 200
    assert fresh(delivery).state == DeliveryState.SENT


@pytest.mark.parametrize("metadata", [{}, {"delivery": "1.00000000000000000000"}, {"delivery": 7}, {"delivery": "x@y"}])
def test_a_forged_mark_changes_nothing(webhook, delivery, metadata):
    assert webhook(metadata).status_code == 200
    assert fresh(delivery).state == DeliveryState.SENT


def test_a_message_id_of_ours_is_as_good_as_a_mark(webhook, delivery):
    webhook({}, MessageID=message_id(delivery))
    assert fresh(delivery).state == DeliveryState.UNREACHABLE


def test_without_the_secret_nothing_is_taken(webhook, delivery):
    assert webhook(mark(delivery), secret="plum:wrong").status_code == 400
    assert fresh(delivery).state == DeliveryState.SENT


def test_a_service_that_is_quicker_than_we_are_asked_to_say_it_again(webhook, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENDING)
    assert webhook(mark(delivery)).status_code == 500
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT)
    assert webhook(mark(delivery)).status_code == 200
    assert webhook(mark(delivery)).status_code == 200
    assert fresh(delivery).state == DeliveryState.UNREACHABLE


def test_the_service_learns_where_reports_go_only_if_not_to_the_author(settings, delivery):
    settings.NOTICES_EMAIL = {"EMAIL_BACKEND": "anymail.backends.test.EmailBackend"}
    hand_over(open_connection(settings), [frozen(delivery), frozen(delivery, sender="bounces+1@example.org")])
    to_author, marked = (message.anymail_test_params for message in mail.outbox[-2:])
    assert "envelope_sender" not in to_author
    assert marked["envelope_sender"] == "bounces+1@example.org"
    assert to_author["metadata"] == marked["metadata"] == mark(delivery)


def http_error(status: int) -> AnymailRequestsAPIError:
    response = Response()
    response.status_code = status
    return AnymailRequestsAPIError("no", response=response)


class Answering(EmailBackend):
    """A service that answers each mail like this."""

    answer = None

    def post_to_esp(self, payload, message):
        message.anymail_test_response = self.answer
        return super().post_to_esp(payload, message)


@pytest.mark.parametrize(
    ("answer", "verdict", "everybody"),
    [
        ({"recipient_status": {"x@y": AnymailRecipientStatus("1", "rejected")}}, Verdict.REFUSED, False),
        ({"recipient_status": {"x@y": AnymailRecipientStatus(None, "invalid")}}, Verdict.REFUSED, False),
        ({"recipient_status": {"x@y": AnymailRecipientStatus("1", "queued")}}, Verdict.ACCEPTED, False),
        (http_error(401), Verdict.REFUSED, True),
        (http_error(429), Verdict.LATER, False),
        (http_error(500), Verdict.LATER, False),
        (AnymailAPIError("no connection"), Verdict.DOUBT, False),
    ],
)
def test_what_a_service_answers_is_understood(delivery, answer, verdict, everybody):
    backend = Answering()
    backend.answer = answer
    (outcome,) = hand_over(OneByOne(backend), [frozen(delivery, recipient="x@y")])
    assert (outcome.verdict, outcome.everybody) == (verdict, everybody)


def start(show: str, **values: str) -> subprocess.CompletedProcess[str]:
    code = f"import django; django.setup(); from django.conf import settings; {show}"
    right = {
        "SECRET_KEY": "only-for-this-test-0123456789abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "www.example.org",
        "SITE_URL": "https://www.example.org",
        "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
        "DJANGO_SETTINGS_MODULE": "plum.settings.production",
    }
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | right | values
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, cwd="/")


WIRED = (
    "from django.urls import resolve\n"
    "print(resolve('/anymail/postmark/tracking/').url_name)\n"
    "import sys; signals = sys.modules.get('anymail.signals')\n"
    "print(bool(signals and signals.tracking.has_listeners()), settings.EMAIL_BACKEND)"
)


@pytest.mark.parametrize("name", ["EMAIL_URL", "NOTICES_EMAIL_URL"])
def test_naming_a_service_is_enough(name):
    started = start(f"exec({WIRED!r})", **{name: "anymail+postmark://"}, ANYMAIL='{"POSTMARK_SERVER_TOKEN": "x"}')
    assert started.stdout.split()[:2] == ["postmark_tracking_webhook", "True"], started.stderr
    assert ("anymail.backends.postmark" in started.stdout) == (name == "EMAIL_URL")


def test_without_a_service_nothing_of_it_is_there():
    started = start(f"exec({WIRED!r})")
    assert started.stdout.split()[:2] == ["wagtail_serve", "False"], started.stderr


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"EMAIL_URL": "anymail+carrierpigeon://"}, "EMAIL_URL cannot be understood"),
        ({"NOTICES_EMAIL_URL": "anymail+a.b://"}, "NOTICES_EMAIL_URL cannot be understood"),
        ({"ANYMAIL": "postmark"}, "ANYMAIL cannot be understood"),
        ({"ANYMAIL": "[1]"}, "ANYMAIL cannot be understood"),
    ],
)
def test_a_wrong_value_is_one_clear_line(values, said):
    started = start("print(1)", **values)
    assert (started.returncode, started.stderr.count("\n")) == (1, 1), started.stderr
    assert started.stderr.startswith(f"{said}. It should look like: ")


def test_a_service_without_the_package_is_one_clear_line(tmp_path):
    """Python finds everything but that package."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "from importlib.machinery import PathFinder\n"
        "class Hiding(PathFinder):\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        return None if name == 'anymail' else PathFinder.find_spec(name, path, target)\n"
        "sys.meta_path[sys.meta_path.index(PathFinder)] = Hiding\n"
    )
    started = start("print(1)", EMAIL_URL="anymail+postmark://", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (started.returncode, started.stderr.count("\n")) == (1, 1), started.stderr
    assert "django-anymail is not installed" in started.stderr
