"""What the commands print, refuse and go on with when a file does not come in as it was meant."""

import json

import pytest
from django.core.management import CommandError, call_command

from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

TEXT = "# Oar rules\n\nBefore.\n\n## Sheds\n\n3. open\n4. shut, see 3\n"
UNREAD = TEXT + "\n<iframe src='https://oars.example'></iframe>\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    """Import a text and return what was printed: the report, and the rest."""

    def write_and_run(text, *more, name="import_policy", file="oars.md"):
        path = tmp_path / file
        path.write_text(text)
        call_command(name, path, "--slug", "oars", *more)
        return capsys.readouterr()

    return write_and_run


def test_the_report_is_data_when_asked_for(run):
    printed = run(TEXT, "--report", "json")
    report = json.loads(printed.out)
    assert "Saved as a draft" in printed.err
    assert (report["kind"], report["sections"], report["items"], report["is_clear"]) == ("Markdown", 1, 2, True)
    assert [(change["old"], change["new"], change["text"]) for change in report["renumbered"]] == [
        ("3.", "1.1", "open"), ("4.", "1.2", "shut, see 3"),
    ]  # fmt: skip
    assert report["references"] == [{"where": "section 1 (Sheds)", "text": "shut, see 3", "change": "3. is 1.1 now"}]
    assert report["unread"] == []


def test_the_report_of_a_version_recorded_is_data_too(run):
    printed = run(TEXT, "--announced-on", "2020-02-03", "--report", "json", name="record_policy")
    assert json.loads(printed.out)["is_complete"]
    assert "Recorded" in printed.err


def test_the_report_says_what_was_lost_also_as_data(run, tmp_path, capsys):
    with pytest.raises(CommandError, match="words would be lost"):
        run("## Sheds\n\n| a | b |\n|---|---|\n| c | d | extra |\n", "--report", "json")
    report = json.loads(capsys.readouterr().out)
    assert report["unexplained"] == {"lost": {"extra": 1}, "added": {}}
    assert not report["is_complete"]


@pytest.mark.parametrize(
    ("name", "more"),
    [("import_policy", ["--announce"]), ("record_policy", ["--announced-on", "2020-02-03"])],
)
def test_what_cannot_be_read_is_announced_only_when_forced(run, name, more):
    with pytest.raises(CommandError, match="Nothing was saved"):
        run(UNREAD, *more, name=name)
    assert not PolicyPage.objects.exists()
    assert "NOT READ: <iframe>" in run(UNREAD, *more, "--force", name=name).out
    assert PolicyVersion.objects.count() == 1


def test_what_cannot_be_read_may_be_a_draft(run):
    assert "NOT READ" in run(UNREAD).out
    assert PolicyPage.objects.count() == 1


def test_a_text_without_headings_is_a_policy_when_asked_for(run, client):
    run("We row.\n", "--one-section", "Rowing", "--title", "Oars", "--announce", file="oars.txt")
    page = client.get("/policies/oars/").content.decode()
    assert "We row." in page
    assert "Rowing" in page


def test_messages_name_what_is_read_and_no_product(run, tmp_path):
    for file, text in (("oars.xyz", "words"), ("oars.md", "no heading"), ("oars.html", "no tag")):
        with pytest.raises(CommandError) as refused:
            run(text, file=file)
        assert "Plum" not in str(refused.value)
