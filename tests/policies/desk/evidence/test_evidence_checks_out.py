"""The evidence is checked without this site: as it was packed it holds, and whatever is changed in it is named."""

import json
import shutil
import subprocess

import pytest

from policies.versions.models import PolicyVersion

pytestmark = pytest.mark.django_db


def changed(text: str) -> str:
    """The text with one character of its middle changed."""
    at = len(text) // 2
    while not text[at].isalnum():
        at = at + 1 if at + 1 < len(text) else 0
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


def test_the_evidence_holds_as_it_was_packed(three, take):
    for number in (1, 2, 3):
        version = PolicyVersion.objects.get(page=three.page, sequence=number)
        assert take(version).check() == (0, "Every file is as it was packed, and the chain holds.\n")


def test_the_evidence_of_a_person_holds_as_it_was_packed(told, take, ann):
    assert take(told, ann).check() == (0, "Every file is as it was packed, and the chain holds.\n")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_sha256sum_checks_it_too(told, take):
    folder = take(told).folder
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "check.py: OK" in done.stdout


def test_one_character_changed_in_any_file_is_named(three, take, ann):
    for evidence in (take(three), take(PolicyVersion.objects.get(major=2), ann)):
        for name in evidence.names:
            before = evidence.text(name)
            evidence.write(name, changed(before))
            code, said = evidence.check()
            assert code == 1, name
            assert name in said or name in ("SHA256SUMS", "check.py"), said
            evidence.write(name, before)
        assert evidence.check()[0] == 0


def test_one_fact_changed_is_named_even_if_the_checksums_are_put_right(three, take):
    evidence = take(three)
    links = [name for name in evidence.names if name.startswith("chain/") and name.endswith(".json")]
    assert len(links) == 3
    for name in links:
        before = evidence.text(name)
        for fact in json.loads(before)["facts"]:
            link = json.loads(before)
            link["facts"][fact] = other(link["facts"][fact])
            evidence.write(name, json.dumps(link))
            evidence.put_sums_right()
            code, said = evidence.check()
            assert (code, name in said) == (1, True), f"{fact}: {said}"
        evidence.write(name, before)
    evidence.put_sums_right()
    assert evidence.check()[0] == 0


def other(value):
    """Another value of the same kind."""
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, dict):
        return value | {"title": "x"}
    return 7 if value is None else [*value, "x"] if isinstance(value, list) else value + 1


FACTS = "policy number sequence significance change_summary title effective_from announced_at digest chain document"


@pytest.mark.parametrize("fact", FACTS.split())
def test_one_fact_changed_in_the_version_is_named(told, take, fact):
    evidence = take(told)
    version = evidence.json("version.json")
    version[fact] = "2020-01-01T00:00:00Z" if fact == "announced_at" else other(version[fact])
    evidence.write("version.json", json.dumps(version))
    evidence.put_sums_right()
    code, said = evidence.check()
    assert code == 1
    assert "version.json" in said


def test_a_text_changed_is_named_even_if_the_checksums_are_put_right(told, take):
    evidence = take(told)
    for name in ("text.txt", "chain/00001-1.0.txt"):
        before = evidence.text(name)
        evidence.write(name, changed(before))
        evidence.put_sums_right()
        assert name in evidence.check()[1]
        evidence.write(name, before)


def test_a_version_left_out_or_put_in_is_named(three, take):
    evidence = take(three)
    for ending in ("json", "txt"):
        (evidence.folder / f"chain/00002-2.0.{ending}").unlink()
    lines = [line for line in evidence.text("SHA256SUMS").splitlines(keepends=True) if "00002" not in line]
    evidence.write("SHA256SUMS", "".join(lines))
    code, said = evidence.check()
    assert (code, "chain/00003-3.0.json" in said) == (1, True)


def test_a_file_that_is_missing_or_that_was_added_is_named(told, take):
    evidence = take(told)
    (evidence.folder / "log.json").unlink()
    evidence.write("more.txt", "words")
    code, said = evidence.check()
    assert code == 1
    assert "log.json is missing" in said
    assert "more.txt is not in SHA256SUMS" in said


def test_what_cannot_be_read_ends_in_words_and_not_in_a_traceback(told, take):
    for name, content in (("version.json", "{"), ("chain/00001-1.0.json", "[]"), ("SHA256SUMS", "\x00")):
        evidence = take(told)
        evidence.write(name, content)
        code, said = evidence.check()
        assert code == 1
        assert "Traceback" not in said
