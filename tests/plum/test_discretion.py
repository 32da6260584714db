"""No address, name or token stands in any log line: planted ones are driven down the busiest paths and looked for."""

import io
import json
import logging
import re
from dataclasses import dataclass, field

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.flows.closing import close_what_is_due
from accounts.models import ClosingRequest, User
from home.operations.housekeeping import keep_house
from plum.logs import JsonLinesFormatter, TextFormatter
from policies.notices.bounces.looking import look_for_reports
from policies.notices.models import Delivery
from policies.notices.sending.loop import send
from policies.notices.sending.rounds import work
from tests.accounts.personal_data.failing import refuse_to_delete_from
from tests.making.editing import AMENDMENT, NEW, PUBLISH, confirms, form_with
from tests.making.mailing import Mailing
from tests.making.notices import a_sending_notice
from tests.making.people import PASSWORD, a_person, confirm_identity, link_in, mails_to, sign_in
from tests.policies.notices.bounces import mails
from tests.policies.notices.servers import At, Rule, Then, scripted_server

pytestmark = pytest.mark.django_db

EMAIL = "zebulon.quillfeather@marker.example"
OTHER = "araminta.thistledown@marker.example"
NAMES = {"first_name": "Zebulon", "last_name": "Quillfeather", "preferred_name": "Zebby", "phone": "020 7946 0123"}
MARKERS = ["zebulon", "quillfeather", "zebby", "marker.example", "araminta", "thistledown", "7946 0123", PASSWORD]
REFUSING = "tests.making.mail_trouble.Refusing"
OURS = ("plum", "home", "policies", "accounts")
LINK = re.compile(r"https://testserver(/account/\S+)")


@dataclass
class Log:
    """What was logged, as it is written for people, as it is for programs, and as our own code said it."""

    text: io.StringIO = field(default_factory=io.StringIO)
    lines: io.StringIO = field(default_factory=io.StringIO)
    ours: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def note_tokens(self) -> None:
        """Everything in a mailed link that opens something must stay out of the log, too."""
        for message in mail.outbox:
            for link in LINK.findall(message.body):
                self.tokens |= {part for part in link.split("/") if len(part) > 15}

    def assert_discreet(self) -> None:
        self.note_tokens()
        written = (self.text.getvalue() + self.lines.getvalue()).lower()
        for marker in [*MARKERS, *self.tokens]:
            assert marker.lower() not in written
            assert not [line for line in self.ours if marker.lower() in line.lower()]

    def said(self, message: str) -> dict:
        """The first line with this message, as programs read it."""
        for line in self.lines.getvalue().splitlines():
            if message in (read := json.loads(line))["message"]:
                return read
        raise AssertionError(f"{message!r} was not logged, but: {self.text.getvalue()}")


class Listening(logging.Handler):
    """Keeps what our own code says, before any formatter has made it discreet."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in OURS:
            self.said.append(f"{record.getMessage()} {vars(record)}" if not record.exc_info else record.getMessage())


@pytest.fixture
def log():
    """Everything is logged, however little it matters; afterwards nothing in it may name anybody."""
    found = Log()
    handlers = [logging.StreamHandler(found.text), logging.StreamHandler(found.lines), Listening(found.ours)]
    handlers[0].setFormatter(TextFormatter())
    handlers[1].setFormatter(JsonLinesFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)
    found.assert_discreet()


@pytest.fixture
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


@pytest.fixture
def zebulon(db) -> User:
    return a_person(EMAIL, **NAMES)


def test_signing_up_in_and_failing_to(log, client):
    client.post("/account/signup/", {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})
    link = link_in(mails_to(EMAIL)[0])
    client.get(link)
    client.post(link)
    client.post("/account/details/", NAMES)
    for address, password in ((EMAIL, "thistledown not it"), (OTHER, PASSWORD), (EMAIL, PASSWORD)):
        sign_in(Client(), address, password)
    strict = Client(enforce_csrf_checks=True)
    strict.post(link, {"email": EMAIL})
    assert log.said("Forbidden")


def test_links_that_lead_nowhere_any_more(log, client, zebulon):
    client.post("/account/password/reset/", {"email": EMAIL})
    link = link_in(mails_to(EMAIL)[0])
    Client().get(link)
    for broken in (link[:-2], link.replace("reset", "rest"), f"/account/unsubscribe/{link.split('/')[-2]}:x/"):
        Client(raise_request_exception=False).get(broken)
    Client().get(f"/account/{EMAIL}/")
    assert log.said("Not Found")["message"].startswith("Not Found: /account/")


def test_a_mail_server_that_quotes_whom_it_refuses(log, client, zebulon, settings):
    settings.EMAIL_BACKEND = REFUSING
    client.post("/account/password/reset/", {"email": EMAIL})
    client.post("/account/signup/", {"email": OTHER, "password1": PASSWORD, "password2": PASSWORD})
    assert log.said("mail not sent: SMTPRecipientsRefused")["mail"]
    sign_in(client, EMAIL)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "n3w violin ran", "password2": "x"})


def test_sending_notices_with_every_kind_of_failure(log, privacy, zebulon, settings):
    settings.NOTICES_RETRY_AFTER = timezone.timedelta(0)
    a_person(OTHER, first_name="Araminta")
    notice = a_sending_notice(privacy)
    rules = {
        EMAIL: Rule(At.RCPT, f"550 no {EMAIL} here, Zebulon,"),
        OTHER: Rule(At.DOT, then=Then.DROP, times=2),
    }
    with scripted_server(rules) as server:
        Mailing(settings).through(server)
        send(during=timezone.timedelta(seconds=20))
    assert Delivery.objects.get(notice=notice, person=zebulon).state == "failed"
    Mailing(settings).through(server)  # it is gone by now
    Delivery.objects.filter(person=zebulon).update(state="pending", settled_at=None)
    work(during=timezone.timedelta(seconds=1))


def test_a_server_that_takes_mail_from_nobody_pauses_the_notice(log, privacy, zebulon, settings):
    notice = a_sending_notice(privacy)
    settings.EMAIL_BACKEND = REFUSING
    a_person(OTHER, is_superuser=True)
    with scripted_server({"*": Rule(At.MAIL, f"550 we do not know you, {EMAIL},")}) as server:
        Mailing(settings).through(server)
        send(during=timezone.timedelta(seconds=20))
    assert log.said("a notice was paused")["notice"] == notice.pk
    assert log.said("could not tell staff")["notice"] == notice.pk


def test_what_comes_back(log, privacy, zebulon, settings, tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    settings.NOTICES_BOUNCE_ADDRESS, settings.NOTICES_BOUNCE_MAILBOX = "bounces@example.org", f"maildir://{tmp_path}"
    notice = a_sending_notice(privacy)
    delivery = Delivery.objects.get(notice=notice, person=zebulon)
    Delivery.objects.filter(pk=delivery.pk).update(state="sent")
    senseless = b"From: " + EMAIL.encode() + b"\nContent-Type: multipart/report; boundary=\xff\n\n\x00"
    for number, raw in enumerate((mails.postfix(delivery), mails.answer(delivery), senseless)):
        (tmp_path / "new" / f"17.M{number}.mx").write_bytes(raw)
    look_for_reports()
    assert log.said("a notice came back")["delivery"] == delivery.pk


def test_taking_the_data_and_closing_the_account(log, client, zebulon, ledger, settings):
    sign_in(client, EMAIL)
    client.post("/account/data/download/")
    confirm_identity(client)
    b"".join(client.post("/account/data/download/").streaming_content)
    settings.EMAIL_BACKEND = REFUSING
    client.post("/account/close/")
    closing = ClosingRequest.objects.get()
    assert log.said("a mail about a closing")["closing"] == closing.pk
    ClosingRequest.objects.update(due_at=timezone.now())
    refuse_to_delete_from("account_emailaddress")
    assert close_what_is_due()[1] == 1
    assert log.said("an account could not be erased")["closing"] == closing.pk
    keep_house()


def test_an_erasing_that_works(log, client, zebulon, ledger):
    number = zebulon.pk
    sign_in(client, EMAIL)
    client.post("/account/close/")
    confirm_identity(client)
    client.post("/account/close/")
    ClosingRequest.objects.update(due_at=timezone.now())
    assert close_what_is_due() == (1, 0)
    assert not User.objects.filter(pk=number).exists()
    assert log.said("an account was erased")["closing"]


def test_editing_announcing_and_failing_to(log, privacy, verified, settings):
    client = verified(Client(), a_person(EMAIL, is_superuser=True, **NAMES))
    edit = f"/cms/pages/{privacy.pk}/edit/"
    client.post(edit, form_with(NEW, **PUBLISH))
    confirms(client, client.post(edit, form_with(NEW, **(PUBLISH | AMENDMENT)), follow=True))
    assert privacy.versions.count() == 2
    settings.EMAIL_BACKEND = REFUSING
    page = type(privacy).objects.get(pk=privacy.pk)
    page.title, page.change_summary = "Another title", ""
    revision = page.save_revision(user=User.objects.get(email=EMAIL))
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    keep_house()
    assert log.said("a scheduled announcement was refused")["page"] == privacy.pk
    assert log.said("could not write to whoever scheduled")["page"] == privacy.pk
