"""What the evidence of a version holds, and that the evidence of a person holds nothing about anybody else."""

import datetime as dt
import io
import json
from email import message_from_bytes, policy
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log

from policies.desk.approving.models import OutsideReview
from policies.desk.evidence.pack import pack_of, pack_of_person
from policies.notices.models import AmendmentNotice, Delivery
from policies.versions import evidence as registry
from policies.versions.evidence import EvidenceFile, add_evidence, add_evidence_of_person
from policies.versions.models import PolicyVersion
from tests.making.approving import one_of, rule, said_yes
from tests.making.editing import Editor, a_waiting_draft
from tests.making.evidence import Unpacked, address_of_evidence
from tests.making.notices import an_amendment
from tests.making.policies import a_document, announce

pytestmark = pytest.mark.django_db


def outline(number: int) -> PolicyVersion:
    return PolicyVersion.objects.outline().get(sequence=number)


def test_the_evidence_of_a_version_holds_all_that_the_guide_says(told, take):
    assert take(told).names == [
        "README.txt",
        "SHA256SUMS",
        "approvals.json",
        "chain/00001-1.0.json",
        "chain/00001-1.0.txt",
        "chain/00002-2.0.json",
        "chain/00002-2.0.txt",
        "check.py",
        "counts.json",
        "log.json",
        "manifest.json",
        "notice/1-announced.eml",
        "notice/1-announced.html",
        "notice/1-announced.json",
        "notice/1-announced.txt",
        "redline.html",
        "standing.json",
        "summary.txt",
        "text.txt",
        "version.json",
    ]


def test_the_readme_and_the_manifest_name_every_file(told, take):
    evidence = take(told)
    for name in evidence.names:
        assert f"{name}: " in evidence.text("README.txt") or name in ("README.txt", "SHA256SUMS")
    named = {entry["path"] for entry in evidence.json("manifest.json")["files"]}
    assert named == set(evidence.names) - {"SHA256SUMS", "manifest.json"}


def test_the_text_and_the_json_are_those_of_the_site(told, take, client):
    evidence = take(told)
    assert evidence.text("text.txt") == told.text
    assert evidence.json("version.json") == client.get(f"{told.get_absolute_url()}json/").json()


def test_the_redline_is_a_page_that_needs_nothing_else(told, take):
    page = take(told).text("redline.html")
    assert "<ins>" in page and "<del>" in page
    assert "changes from version 1.0 to version 2.0" in page
    for outside in ("<script", "<link", "src=", "/static/", "url("):
        assert outside not in page


def test_a_first_version_has_no_redline_and_says_so(told, take):
    evidence = take(PolicyVersion.objects.get(sequence=1))
    assert "redline.html" not in evidence.names
    assert "It is the first version." in evidence.text("summary.txt")


def test_the_summary_says_the_kinds_of_change_and_why_notice_is_short(privacy, take):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    said = {"kinds": ["rights"], "short_notice_because": "The court ordered it.", "effective_from": tomorrow}
    version = announce(privacy, a_document("cookies are gone"), **said)
    summary = take(version).text("summary.txt")
    assert f"Kinds of change: {version.kinds_in_words[0]}" in summary
    assert "Short notice because: The court ordered it." in summary
    assert "Clearer words." in summary


def test_the_redline_is_to_the_version_that_was_amended_and_not_to_a_withdrawn_one(privacy, cms, take):
    later = timezone.localdate() + dt.timedelta(days=30)
    announce(privacy, a_document("cookies are huge"), effective_from=later)
    cms.post(f"/cms/policies/{privacy.pk}/versions/2.0/withdraw/", {"reason": "Too early."})
    evidence = take(announce(privacy, a_document("cookies are gone")))
    assert "from version 1.0 to version 3.0" in evidence.text("redline.html")
    assert evidence.check()[0] == 0
    withdrawn = take(PolicyVersion.objects.get(sequence=2))
    assert withdrawn.json("standing.json")["withdrawn_because"] == "Too early."
    assert "policies.withdraw" in [line["action"] for line in withdrawn.json("log.json")]


def test_the_notice_is_there_as_it_was_sent_with_its_figures_and_without_anybodys_name(told, take):
    evidence = take(told)
    assert "Clearer words." in evidence.text("notice/1-announced.txt")
    assert "<html" in evidence.text("notice/1-announced.html")
    counts = evidence.json("notice/1-announced.json")["by_state_and_reason"]
    assert {"state": "sent", "reason": "", "people": 2} in counts
    counts = evidence.json("counts.json")
    assert counts["people_by_what_became_of_it"] == {"notified": 2, "seen": 1}
    assert counts["people_by_the_answer_that_stands"] == {
        "acknowledged": 1,
        "accepted": 0,
        "declined": 0,
        "withdrawn": 0,
    }
    for somebody in ("ann@example.org", "Archer", "ben@example.org"):
        assert somebody not in evidence.all


def test_who_stood_behind_it_and_how_the_rule_stood_is_there(told, privacy, take):
    first = take(told).json("approvals.json")
    assert (first["approvals"], first["reviews"], first["rule"]["is_on"]) == ([], [], False)
    rule()
    wanda, archie = one_of("Policy editors", "Wanda"), one_of("Policy approvers", "Archie")
    a_waiting_draft(privacy, a_document("cookies are gone"), user=wanda)
    approval = said_yes(privacy, archie)
    OutsideReview.objects.create(
        page=approval.page,
        revision=approval.revision,
        digest=approval.digest,
        amends=approval.amends,
        name="Lea Law",
        address="lea@example.org",
        until=timezone.now() + dt.timedelta(days=3),
        answer="agrees",
        answered_at=timezone.now(),
        signed_name="L. Law",
        words="Well done.",
    )
    privacy.revisions.order_by("-pk").first().publish(user=archie)
    evidence = take(PolicyVersion.objects.get(sequence=3))
    facts = evidence.json("approvals.json")
    assert facts["rule"]["is_on"]
    assert [(one["by"], one["kind"]) for one in facts["approvals"]] == [(str(archie), "Approved")]
    assert [(one["answer"], one["signed"], one["words"]) for one in facts["reviews"]] == [
        ("Agrees", "L. Law", "Well done.")
    ]
    assert "lea@example.org" not in evidence.all


def test_two_corrections_of_one_mail_stand_beside_each_other(told, ann, take):
    for words in ("First.", "Second."):
        first = told.notices.first()
        again = AmendmentNotice.objects.create(
            version=told, kind="correction", state="stopped", held_until=timezone.now(), follows=first, words=words
        )
        Delivery.objects.create(notice=again, person=ann, address=ann.email, state="skipped", reason="stopped")
    names = take(told).names
    assert {"notice/1-announced.json", "notice/2-correction.json", "notice/3-correction.json"} <= set(names)
    told_of = [one["notice"] for one in take(told, ann).json("person.json")["told"]]
    assert told_of == ["announced", "correction", "correction"]


def test_the_log_says_who_did_what_for_this_version_alone(told, privacy, cms, take, editor):
    Editor(cms, privacy).announces(a_document("cookies are gone"))
    second, third = (take(PolicyVersion.objects.get(sequence=number)).json("log.json") for number in (2, 3))
    announced = [line for line in second if line["action"] == "policies.announce"]
    assert [(line["by"], line["facts"]["number"]) for line in announced] == [(str(editor), "2.0")]
    assert [line["facts"]["number"] for line in third if line["action"] == "policies.announce"] == ["3.0"]
    assert not {line["at"] for line in third} & {line["at"] for line in second}
    assert "wagtail.publish" in [line["action"] for line in second]
    assert "wagtail.edit" in [line["action"] for line in third]


def test_what_editors_wrote_in_comments_is_in_no_evidence(told, privacy, take, editor):
    log(instance=privacy, action="wagtail.comments.create", user=editor, data={"comment": {"id": 1, "text": "secret"}})
    assert "secret" not in take(told).all


def test_the_evidence_of_a_person_says_what_was_sent_and_what_they_did(told, take, ann):
    evidence = take(told, ann)
    facts = evidence.json("person.json")
    assert facts["person"]["email"] == "ann@example.org"
    assert [(one["notice"], one["state"], one["address"]) for one in facts["told"]] == [
        ("announced", "sent", "ann@example.org")
    ]
    assert facts["told"][0]["settled_at"]
    assert [one["kind"] for one in facts["engagement"]] == ["notified", "seen"]
    (answer,) = facts["answers"]
    assert (answer["kind"], answer["wording"], answer["digest"]) == ("acknowledged", "I have read it", told.digest)
    sent = message_from_bytes(evidence.text("mail/1-announced.eml").encode(), policy=policy.default)
    assert sent["To"] == "Ann Archer <ann@example.org>"
    assert "left-out-of-this-copy" in evidence.text("mail/1-announced.eml")
    assert evidence.text("text.txt") == told.text


def test_the_evidence_of_a_person_holds_nothing_about_anybody_else(told, take, ann, ben, editor):
    evidence = take(told, ann)
    for other in ("Ben", "Baker", ben.email, "Edith", editor.email):
        assert other not in evidence.all
    assert "log.json" not in evidence.names


def test_somebody_who_was_not_told_has_evidence_that_says_so(told, take, editor):
    facts = take(PolicyVersion.objects.get(sequence=1), editor).json("person.json")
    assert (facts["told"], facts["engagement"], facts["answers"]) == ([], [], [])


def test_rooms_add_what_they_know_each_once(told, take, ann, monkeypatch):
    monkeypatch.setattr(registry, "_about_versions", [])
    monkeypatch.setattr(registry, "_about_people", [])

    def approvals(version):
        yield EvidenceFile("approvals.json", json.dumps({"of": version.number}), "who approved it")

    def agreements(version, person):
        yield EvidenceFile("agreements.json", json.dumps({"of": person.email}), "what they agreed to")

    for _ in range(2):
        add_evidence(approvals)
        add_evidence_of_person(agreements)
    evidence = take(told)
    assert evidence.json("approvals.json") == {"of": "2.0"}
    assert "approvals.json: who approved it" in evidence.text("README.txt")
    assert evidence.check()[0] == 0
    assert "agreements.json" not in evidence.names
    assert take(told, ann).json("agreements.json") == {"of": "ann@example.org"}


def test_two_packs_of_the_same_state_differ_in_nothing_but_when_they_were_made(told, ann):
    for pack in (lambda: pack_of(outline(2)), lambda: pack_of_person(outline(2), ann)):
        one, other = (ZipFile(io.BytesIO(b"".join(pack().pieces()))) for _ in range(2))
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            if name not in ("manifest.json", "SHA256SUMS"):
                assert one.read(name) == other.read(name)
                assert one.getinfo(name).date_time == other.getinfo(name).date_time


def test_the_first_bytes_leave_before_any_text_is_read(three, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        pack = pack_of(outline(3))
    pieces = pack.pieces()
    with django_assert_num_queries(0):
        assert next(pieces).startswith(b"PK")
    assert b"".join(pieces)


def test_the_command_makes_the_same(told, take, ann, tmp_path, capsys):
    for person in (None, ann):
        target = tmp_path / f"of-{person or 'version'}.zip"
        more = ["--person", person.email] if person else []
        call_command("evidence", "privacy", "2.0", *more, "--output", str(target))
        assert target.stat().st_mode & 0o777 == 0o600
        made = Unpacked.of(target.read_bytes(), tmp_path / f"made-{person or 'version'}")
        assert made.names == take(told, person).names
        assert made.check()[0] == 0
    assert "files about" in capsys.readouterr().err


def test_the_command_overwrites_nothing_and_leaves_nothing_half_done(told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("evidence", "privacy", "2.0")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("evidence", "privacy", "2.0")
    for words in (("privacy", "9.0"), ("nothing", "1.0"), ("privacy", "2.0", "--person", "nobody@example.org")):
        with pytest.raises(CommandError, match="Nothing was written"):
            call_command("evidence", *words)
    assert [path.name for path in tmp_path.iterdir()] == ["privacy-2.0-evidence.zip"]


def test_a_notice_that_was_never_staged_has_no_mail(privacy, take):
    evidence = take(an_amendment(privacy))
    assert "notice/1-announced.json" in evidence.names
    assert "notice/1-announced.eml" not in evidence.names


def test_taking_evidence_mails_nobody(told, take, ann):
    mail.outbox.clear()
    take(told)
    take(told, ann)
    assert mail.outbox == []


def test_the_button_stands_beside_each_version(three, cms):
    text = cms.get(f"/cms/policies/{three.page_id}/versions/").text
    for number in ("1.0", "2.0", "3.0"):
        assert address_of_evidence(three.page, number) in text
