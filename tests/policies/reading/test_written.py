"""Texts and redlines are written once: what is frozen reads the same for ever."""

import datetime as dt
import re

import pytest

from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row
from tests.making.work import growth

ADDRESSES = ["/policies/privacy/", "/policies/privacy/versions/1.0/", "/policies/privacy/compare/1.0/2.0/"]


@pytest.mark.parametrize("address", [*ADDRESSES, f"{ADDRESSES[2]}?view=side"])
def test_a_page_reads_the_same_the_second_time(client, history, address):
    assert client.get(address).content == client.get(address).content


def test_each_version_and_each_redline_has_words_of_its_own(client, history):
    for _ in range(2):
        for number in ("1.0", "2.0"):
            page = client.get(f"/policies/privacy/versions/{number}/").text
            assert f"cookies number {number[0]}" in page
        forth, back = (client.get(f"/policies/privacy/compare/{way}/").text for way in ("1.0/2.0", "2.0/1.0"))
        marked = [re.findall(r"<(ins|del)\b[^>]*>(?:<[^>]*>[^<]*</[^>]*>)*([12])", page) for page in (forth, back)]
        assert marked == [[("del", "1"), ("ins", "2")], [("del", "2"), ("ins", "1")]]
        side = client.get("/policies/privacy/compare/1.0/2.0/?view=side").text
        assert ("redline--side" in side, "redline--side" in forth) == (True, False)


def test_two_versions_with_one_digest_keep_the_addresses_of_their_own_sections(client, today):
    document = a_document("cookies are small files")
    put(a_draft(), row(1, dt.date(2024, 1, 1), document=document), row(2, dt.date(2025, 1, 1), document=document))
    pages = [client.get(f"/policies/privacy/versions/{number}/").text for number in ("1.0", "2.0")]
    assert all("cookies are small files" in page for page in pages)


def test_a_long_text_that_was_read_before_costs_what_a_short_one_does(client, today):
    slugs = {10: "short", 100: "long"}
    for many, slug in slugs.items():
        sections = [f"part{number} says something about the matter" for number in range(many)]
        put(a_draft(slug=slug), row(1, today(), document=a_document(*sections)))
        client.get(f"/policies/{slug}/")
    assert growth(lambda many: client.get(f"/policies/{slugs[many]}/"), 10, times=10) < 4
