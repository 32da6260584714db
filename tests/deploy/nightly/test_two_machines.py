"""One of two machines dies in the middle of what it does: what is left is whole, and the other one goes on."""

import hashlib
import http.client
import json

import psycopg
import pytest

from tests.deploy.nightly.machines import Browser, comes, two_machines
from tests.making.people import PASSWORD
from tests.policies.notices.crew import a_sink, check

PEOPLE, CONNECTIONS = 300, 8  # of each worker; as many mails may go out twice when one dies
BEGIN = f"""
import os
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.documents.models import Document
from accounts.models import User
from policies.notices.models import NoticeSettings
from tests.making.mailing import many_people
many_people({PEOPLE - 1})
ann = User.objects.create_user(email="ann@example.org", password="{PASSWORD}")
EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
NoticeSettings.objects.update_or_create(pk=1, defaults={{"hold_minutes": 0}})
words = os.urandom(12_000_000)
document = Document(title="A long text")
document.file.save("long.bin", ContentFile(words))
document.save()
import hashlib
print(document.url, hashlib.sha256(words).hexdigest())
"""
AMENDED = "# Privacy policy\n\n## What we keep\n\nWe keep your name and {what}.\n"
AMENDMENT = ("--significance", "amendment", "--kind", "other", "--summary", "More is kept.")
TODAY = "from django.utils import timezone; print(timezone.localdate())"
NO_NOTICE = "BEGIN; LOCK TABLE notices_amendmentnotice IN SHARE MODE"
NO_LINE = "SELECT pg_advisory_xact_lock(hashtext('plum.erasures'))"


@pytest.fixture(scope="module")
def sink(tmp_path_factory):
    with a_sink(tmp_path_factory.mktemp("mail") / "taken", 0.05) as found:
        yield found


@pytest.fixture(scope="module")
def site(sink, tmp_path_factory):
    """Two machines that serve; workers and housekeeping are started by whom they matter to."""
    with two_machines(tmp_path_factory.mktemp("site"), sink.port) as made:
        a = made.a.place
        a.manage("migrate", "-v", "0")
        a.manage("collectstatic", "--noinput", "-v", "0")
        write(made, "your address")
        a.manage("import_policy", f"{a.folder}/privacy.md", "--slug", "privacy", "--announce")
        made.a.serve()
        made.b.serve()
        yield made


@pytest.fixture(scope="module")
def begun(site):
    """Address and digest of a document that was brought in on the first machine."""
    return site.a.place.manage("shell", "-v", "0", "-c", BEGIN).split()[-2:]


def write(site, what: str) -> None:
    for machine in (site.a, site.b):
        (machine.place.folder / "privacy.md").write_text(AMENDED.format(what=what))


def announcing(machine):
    today = machine.place.manage("shell", "-v", "0", "-c", TODAY).strip()
    return ("import_policy", f"{machine.place.folder}/privacy.md", "--slug", "privacy", "--announce", *AMENDMENT,
            "--effective-from", today, "--short-notice-because", "It is better for everybody.")  # fmt: skip


def rows(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as asked:
        return asked.execute(query).fetchall()


def count(site, table: str, where: str = "true") -> int:
    return rows(site.database, f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


def is_whole(machine) -> bool:
    return "as they were announced" in machine.place.manage("verify_policies")


def test_a_machine_dies_while_it_announces_and_the_other_announces_it_once(site, begun):
    write(site, "your telephone number")
    command = announcing(site.a)
    with site.held(site.database, NO_NOTICE):
        site.a.start("manage.py", *command)
        comes(lambda: site.waits(site.database))
        site.a.die()
    comes(lambda: not site.waits(site.database))
    assert (count(site, "policies_policyversion"), count(site, "notices_amendmentnotice")) == (1, 0)
    assert is_whole(site.b)
    site.b.place.manage(*announcing(site.b))
    assert (count(site, "policies_policyversion"), count(site, "notices_amendmentnotice")) == (2, 1)
    assert is_whole(site.b)
    assert b"your telephone number" in Browser().ask(site.b, "/policies/privacy/")[1]


def test_a_machine_dies_while_it_sends_and_the_other_writes_to_whoever_is_left(site, begun, sink):
    site.a.work()
    sink.wait_for(40, 120)
    site.a.die()
    assert sink.taken().total() < PEOPLE
    site.b.work()
    site.b.keep_house()
    comes(lambda: count(site, "notices_amendmentnotice", "state = 'done'"))
    check(sink, people=PEOPLE, repeated_at_most=CONNECTIONS)
    assert rows(site.database, "SELECT state, count(*) FROM notices_delivery GROUP BY 1") == [("sent", PEOPLE)]
    assert rows(site.database, "SELECT sent FROM notices_amendmentnotice") == [(PEOPLE,)]


def test_a_machine_dies_while_it_answers_and_whoever_was_signed_in_goes_on_at_the_other(site, begun):
    address, digest = begun
    site.a.die()
    site.a.serve()
    ann = Browser()
    assert ann.sign_in(site.a, "ann@example.org", PASSWORD) == 302
    with ann.asking(site.a, address) as answer:
        assert answer.status == 200
        answer.read(100_000)
        site.a.die()
        with pytest.raises((OSError, http.client.HTTPException)):
            answer.read()
    status, words = ann.ask(site.b, address)
    assert (status, hashlib.sha256(words).hexdigest()) == (200, digest)
    status, archive = ann.ask(site.b, "/account/data/download/", {})
    assert (status, archive[:2]) == (200, b"PK")


def test_a_machine_dies_while_it_erases_and_the_other_erases_once(site, begun):
    site.b.die()
    close = "from accounts.flows.closing import ask_to_close; from accounts.models import User; "
    site.a.place.manage("shell", "-v", "0", "-c", f"{close} ask_to_close(User.objects.get(email='ann@example.org'))")
    with site.held(site.ledger, NO_LINE):
        site.a.keep_house()
        comes(lambda: site.waits(site.ledger))
        site.a.die()
    assert count(site, "accounts_user", "email = 'ann@example.org'") == 1
    site.b.place.manage("housekeeping")
    assert count(site, "accounts_user", "email = 'ann@example.org'") == 0
    lines = [json.loads(line) for (line,) in rows(site.ledger, "SELECT convert_from(line, 'UTF8') FROM erasures")]
    assert [line["what"] for line in lines[-2:]] == ["erasing", "erased"]
    assert "0 were here again" in site.b.place.manage("reapply_erasures")
    assert is_whole(site.b)
