"""What is in the file that people take away: all of theirs, nothing of others, readable by people and machines."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from accounts.models import DetailChange, User
from accounts.personal_data.archive import ExtraFile, extras
from accounts.personal_data.collecting import plain
from accounts.personal_data.register import REGISTER, Column, kinds, rows_of, subject_of
from tests.accounts.personal_data.archives import download
from tests.making.contact import an_organisation
from tests.making.people import a_person, confirm_identity

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    'a;=1+1;"b"',
    "שלום \u202e עולם",
    "👩‍⚕️ Ünïcødé",
    "</td></script><script>alert(1)</script>",
    "line one\nline two",
    "line one\n=1+1",
    "one;two;\u00a0-3",
    "\x01\x1f",
]


@pytest.fixture
def confirmed(signed_in):
    confirm_identity(signed_in)
    return signed_in


def changes(person, values):
    return DetailChange.objects.bulk_create(
        DetailChange(person=person, field="phone", old="", new=value, by=person) for value in values
    )


def is_valid(opened):
    schema = opened.json("schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.validate(opened.json(), schema, jsonschema.Draft202012Validator, format_checker=checker)


def test_the_files_are_these(confirmed):
    names = download(confirmed).names
    assert names[:4] == ["README.txt", "index.html", "data.json", "schema.json"]
    assert names[-1] == "manifest.json"
    held = {key for key, kind in download(confirmed).json()["kinds"].items() if kind["rows"]}
    assert {name for name in names if name.startswith("csv/")} == {f"csv/{key}.csv" for key in held}
    assert "account" in held
    assert len(set(map(str.lower, names))) == len(names)


def test_the_manifest_has_the_checksum_of_every_other_file(confirmed):
    opened = download(confirmed)
    listed = opened.json("manifest.json")["files"]
    assert [file["path"] for file in listed] == opened.names[:-1]
    for file in listed:
        assert file["sha256"] == opened.checksum(file["path"])
        assert file["bytes"] == opened.zip.getinfo(file["path"]).file_size


def test_somebody_of_whom_hardly_anything_is_held(client, ann):
    User.objects.filter(pk=ann.pk).update(first_name="", last_name="")
    client.force_login(ann)
    confirm_identity(client)
    opened = download(client)
    is_valid(opened)
    assert "csv/passkeys.csv" not in opened.names
    assert opened.rows("passkeys") == []
    assert "<li>Passkeys</li>" in opened.text("index.html")


def test_every_row_of_theirs_is_in_each_form(confirmed, ann):
    made = changes(ann, (f"value {number}" for number in range(2000)))
    opened = download(confirmed)
    is_valid(opened)
    wanted = [change.new for change in made]
    assert [row["new"] for row in opened.rows("changed-details")] == wanted
    assert [line[2] for line in opened.table("changed-details")[1:]] == wanted
    page = opened.text("index.html")
    assert all(f"<td>{value}</td>" in page for value in wanted)


def test_data_json_has_what_the_database_has(confirmed, ann):
    changes(ann, ["1", "2"])
    data = download(confirmed).json()
    subject = subject_of(ann)
    for kind in kinds():
        held = data["kinds"].get(kind.key)
        if held is None:
            assert kind.of_staff or kind.part_of
            assert not rows_of(kind, subject).exists()
            continue
        assert held["problems"] == []
        assert list(held["columns"]) == [column.name for column in kind.exported]
        assert len(held["rows"]) == rows_of(kind, subject).count(), kind.key
    [account] = data["kinds"]["account"]["rows"]
    assert account["email"] == ann.email
    assert account["date_joined"] == plain(ann.date_joined)
    assert "password" not in account
    assert "password" in data["kinds"]["account"]["left_out"]


def test_nothing_of_anybody_else_is_in_it(confirmed, ann):
    staff = a_person("sid@example.org", first_name="Sidmarker", last_name="Staffmarker", is_staff=True)
    ben = a_person("ben@example.org", first_name="Benmarker", phone="020 7946 0999")
    changes(ben, ["benmarker"])
    DetailChange.objects.create(person=ann, field="phone", old="1", new="2", by=staff)
    DetailChange.objects.create(person=ben, field="phone", old="benmarker", new="benmarker", by=ann)
    opened = download(confirmed)
    everything = opened.all.lower()
    for marker in ("marker", "sid@", "ben@", "7946 0999"):
        assert marker not in everything
    assert opened.rows("changed-details")[0]["by"] == "our staff"
    assert "Which member of our staff it was" in opened.text("index.html")
    assert len(opened.rows("details-changed-for-others")) == 1


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_come_whole_in_json_and_harmless_in_a_table(confirmed, ann, value):
    changes(ann, [value])
    opened = download(confirmed)
    is_valid(opened)
    assert opened.rows("changed-details")[0]["new"] == value
    cell = opened.table("changed-details")[1][2]
    assert cell.replace("'", "") == "".join(letter for letter in value if letter not in "\x01\x1f")
    for part in re.split(r"[;\t\r\n]", cell):  # where some spreadsheet begins a cell
        assert not re.match(r"\s*[=+@＝＋－＠-]", part)
    assert not re.match(r"[\t\r\n]", cell)


@pytest.mark.parametrize("value", ["me@example.org", "Smith-Jones", "1 + 1 = 2", "a; b", "12 High Street\nLondon"])
def test_ordinary_values_stay_as_they_are_in_a_table(confirmed, ann, value):
    changes(ann, [value])
    assert download(confirmed).table("changed-details")[1][2] == value


def test_every_cell_is_quoted_and_lines_end_as_rfc_4180_says(confirmed, ann):
    changes(ann, ["a,b", 'say "yes"'])
    raw = download(confirmed).zip.read("csv/changed-details.csv")
    assert raw.startswith(b'\xef\xbb\xbf"Which detail",')
    assert raw.endswith(b'"\r\n')
    assert b'"a,b"' in raw
    assert b'"say ""yes"""' in raw


def test_a_nul_that_got_in_reaches_no_table_and_no_page(confirmed, ann, monkeypatch):
    changes(ann, ["x"])
    make_value(monkeypatch, lambda row, subject: "a\x00b\ud800")
    opened = download(confirmed)
    is_valid(opened)
    assert opened.rows("changed-details")[0]["new"] == "a\x00b?"
    assert opened.table("changed-details")[1][2] == "ab?"
    assert "\x00" not in opened.text("index.html")


def make_value(monkeypatch, value):
    """Have the column “new” of changed details made in another way."""
    kind = REGISTER.declared["changed-details"]
    columns = tuple(Column("new", "New", value=value) if column.name == "new" else column for column in kind.columns)
    monkeypatch.setitem(REGISTER.declared, kind.key, replace(kind, columns=columns))


def test_a_value_that_cannot_be_exported_is_named_and_the_rest_comes(confirmed, ann, monkeypatch):
    _, bad, _ = changes(ann, ["one", "two", "three"])

    def fails(row, subject):
        if row.pk == bad.pk:
            raise ZeroDivisionError("secret words")
        return row.new

    make_value(monkeypatch, fails)
    opened = download(confirmed)
    is_valid(opened)
    held = opened.json()["kinds"]["changed-details"]
    assert [row["new"] for row in held["rows"]] == ["one", None, "three"]
    [problem] = held["problems"]
    assert (problem["row"], problem["column"]) == (str(bad.pk), "new")
    assert "ZeroDivisionError" in problem["reason"]
    assert f"Missing: row {bad.pk}, column new." in opened.text("index.html")
    assert f"MISSING: Changes of your details, row {bad.pk}, column new:" in opened.text("README.txt")
    assert "secret words" not in opened.all


def test_a_row_that_cannot_be_read_is_named_and_the_rest_comes(confirmed, ann):
    made = changes(ann, map(str, range(6)))
    unreadable = {made[1].pk, made[4].pk}
    # What no field of ours would let in: a day beyond the calendar of Python, or on no calendar.
    rubbish = "20000-01-01 00:00:00+00" if connection.vendor == "postgresql" else "2026-99-99 00:00:00"
    with connection.cursor() as cursor:
        for pk in unreadable:
            cursor.execute("UPDATE accounts_detailchange SET at = %s WHERE id = %s", [rubbish, pk])
    held = download(confirmed).json()["kinds"]["changed-details"]
    assert [row["new"] for row in held["rows"]] == ["0", "2", "3", "5"]
    assert {problem["row"] for problem in held["problems"]} == set(map(str, unreadable))


def test_a_kind_that_cannot_be_looked_for_is_named_and_the_rest_comes(confirmed, ann, monkeypatch):
    kind = REGISTER.declared["changed-details"]

    def fails(subject):
        raise LookupError

    monkeypatch.setitem(REGISTER.declared, kind.key, replace(kind, found_by=(fails,)))
    kinds_held = download(confirmed).json()["kinds"]
    assert [(p["row"], p["column"]) for p in kinds_held["changed-details"]["problems"]] == [(None, None)]
    assert len(kinds_held["account"]["rows"]) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(confirmed, ann):
    download(confirmed)
    changes(ann, ["1"])
    few = queries_of(confirmed)
    changes(ann, map(str, range(1500)))
    assert queries_of(confirmed) == few + 1  # after the first thousand of a kind, all the rest at once
    changes(ann, map(str, range(1500)))
    assert queries_of(confirmed) == few + 1


def queries_of(client):
    with CaptureQueriesContext(connection) as context:
        download(client)
    return len(context)


def test_choices_and_times_are_in_words_for_people_and_as_held_for_machines(confirmed, ann, freezer):
    freezer.move_to("2026-07-01 11:30:00+00:00")
    confirm_identity(confirmed)
    changes(ann, ["x"])
    opened = download(confirmed)
    assert opened.rows("changed-details")[0]["at"] == "2026-07-01T11:30:00+00:00"
    assert opened.table("changed-details")[1][3] == "2026-07-01T12:30:00+01:00"
    assert "<td>1 July 2026, 12:30</td>" in opened.text("index.html")
    assert opened.rows("account")[0]["is_active"] is True
    assert opened.table("account")[1][opened.table("account")[0].index("Whether you can sign in")] == "yes"


def test_what_article_15_asks_for_is_said_in_each_form(confirmed):
    an_organisation(name="Quince Care", legal_name="Quince Care Limited")
    opened = download(confirmed)
    for text in (opened.text("index.html"), opened.text("README.txt"), json.dumps(opened.json(), ensure_ascii=False)):
        assert "https://ico.org.uk/make-a-complaint/" in text
        assert "No decision about you is made by a machine alone" in text
        assert "Quince Care Limited" in text
    for kind in opened.json()["kinds"].values():
        assert kind["why"]
        assert kind["kept"]
        assert kind["lawful_basis"]


class Balance(HTMLParser):
    """Whether each tag that was opened is closed, and each number is given once."""

    VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.outside = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.outside += [values[name] for name in ("src", "srcset") if name in values]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_nothing_else(confirmed, ann):
    changes(ann, HOSTILE)
    page = download(confirmed).text("index.html")
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert len(set(balance.ids)) == len(balance.ids)
    assert balance.outside == []
    assert "<script" not in page
    assert "url(" not in page


@pytest.fixture
def adding(monkeypatch):
    """Extras of this test alone."""
    added = []
    monkeypatch.setattr(extras, "_extras", added)
    return added.append


def test_other_apps_add_files_of_their_own(confirmed, adding):
    adding(lambda person: [ExtraFile("letters/one.txt", f"Dear {person.first_name} 🙂", "a letter")])
    adding(lambda person: [ExtraFile("letters/ONE.txt", b"\x00\x01", "another")])
    opened = download(confirmed)
    assert opened.text("letters/one.txt") == "Dear Ann 🙂"
    assert opened.zip.read("letters/ONE-2.txt") == b"\x00\x01"
    assert "letters/one.txt: a letter" in opened.text("README.txt")
    assert "letters/one.txt: a letter" in opened.text("index.html")
    assert opened.json("manifest.json")["files"][-1]["path"] == "letters/ONE-2.txt"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/absolute.txt", "absolute.txt"),
        ("C:\\temp\\x.txt", "C_/temp/x.txt"),
        ("שלום\x00🙂.txt", "_.txt"),
        ("", "file"),
        ("data.json", "data-2.json"),
    ],
)
def test_no_name_of_a_file_leads_out_of_the_archive_or_replaces_another(confirmed, adding, path, kept):
    adding(lambda person: [ExtraFile(path, "x", "a file")])
    assert kept in download(confirmed).names


def test_an_app_that_fails_is_named_and_the_rest_comes(confirmed, adding):
    def fails(person):
        yield ExtraFile("first.txt", "first", "the first")
        raise KeyError(person.email)

    adding(fails)
    opened = download(confirmed)
    is_valid(opened)
    assert opened.text("first.txt") == "first"
    [problem] = opened.json()["problems"]
    assert "KeyError" in problem["reason"]
    assert "Missing:" in opened.text("index.html")


def test_files_they_uploaded_are_in_it_and_one_that_is_gone_is_named(confirmed, ann):
    profile = UserProfile.objects.create(user=ann)
    profile.avatar.save("me.png", ContentFile(b"\x89PNG picture"))
    opened = download(confirmed)
    [path] = [name for name in opened.names if name.startswith("files/")]
    assert opened.zip.read(path) == b"\x89PNG picture"
    assert path in opened.text("README.txt")
    profile.avatar.storage.delete(profile.avatar.name)
    without = download(confirmed)
    assert not [name for name in without.names if name.startswith("files/")]
    [problem] = without.json()["kinds"]["cms-settings"]["problems"]
    assert (problem["row"], problem["column"]) == (str(profile.pk), "avatar")
