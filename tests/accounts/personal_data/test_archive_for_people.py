"""The download as people read it: no empty tables, names and numbers in words, times that can be told apart."""

import datetime as dt

import pytest

from accounts.models import DetailChange, User
from accounts.personal_data.register import kinds
from accounts.values.spreadsheets import harmless
from tests.accounts.personal_data.archives import download
from tests.making.people import confirm_identity


@pytest.fixture
def confirmed(signed_in):
    confirm_identity(signed_in)
    return signed_in


def test_the_readme_is_short_and_says_what_each_file_is(confirmed):
    opened = download(confirmed)
    readme = opened.text("README.txt")
    assert len(readme) < 6000
    for name in opened.names[1:]:
        assert f"\r\n{name}: " in readme
    assert "an apostrophe (') in front" in readme
    assert "1 entry\r\n" in readme
    assert "1 entries" not in readme


def test_the_columns_of_a_table_are_named_in_words_and_those_of_data_json_in_short(confirmed):
    opened = download(confirmed)
    assert opened.table("account")[0][:2] == ["The address you sign in with, and to which we write", "Your first name"]
    assert list(opened.rows("account")[0])[:2] == ["email", "first_name"]


def test_a_changed_detail_is_named_in_words_for_people(confirmed, ann):
    DetailChange.objects.create(person=ann, field="preferred_name", old="A", new="B", by=ann)
    opened = download(confirmed)
    assert opened.rows("changed-details")[0]["field"] == "preferred_name"
    assert opened.table("changed-details")[1][0] == "What we should call you"
    assert "<dd>What we should call you</dd>" in opened.text("index.html")


def test_a_telephone_number_stands_in_a_table_as_people_write_it(confirmed, ann):
    User.objects.filter(pk=ann.pk).update(phone="+442079460000;ext=12")
    opened = download(confirmed)
    heads, row = opened.table("account")
    assert row[heads.index("Your telephone number")] == "+44 20 7946 0000 extension 12"
    assert opened.rows("account")[0]["phone"] == "+442079460000;ext=12"


@pytest.mark.parametrize(
    "value", ["+44 20 7946 0000=1", "+442079460000", "+A1", "+44 20 7946 0000\n=1", "+44 (1)", "+1 2+3"]
)
def test_what_only_begins_like_a_telephone_number_is_made_harmless(value):
    assert harmless(value).startswith("'")


def test_whoever_is_no_member_of_staff_gets_nothing_of_the_cms(confirmed, ann):
    opened = download(confirmed)
    of_staff = {kind.key for kind in kinds() if kind.of_staff}
    assert len(of_staff) > 10
    assert not of_staff & set(opened.json()["kinds"])
    assert not {f"csv/{key}.csv" for key in of_staff} & set(opened.names)


def test_what_is_not_held_is_said_on_the_page(confirmed):
    opened = download(confirmed)
    assert opened.json()["kinds"]["passkeys"]["rows"] == []
    assert "What we do not hold" in opened.text("index.html")


def test_the_hour_that_comes_twice_can_be_told(confirmed, ann):
    for hour in (0, 1):
        at = dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)
        DetailChange.objects.create(person=ann, field="phone", old="1", new="2", by=ann, at=at)
    times = {line[3] for line in download(confirmed).table("changed-details")[1:]}
    assert times == {"2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"}
