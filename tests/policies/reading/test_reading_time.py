"""A policy's page says about how long it takes to read, rounded up; where words cannot be counted it says nothing."""

from dataclasses import replace

import pytest

from policies.reading.reading_time import WORDS_A_MINUTE, minutes_to_read
from policies.texts.document import Document, Paragraph, inline
from tests.making.policies import a_document


def of_words(number: int) -> Document:
    return Document("", (Paragraph(inline("word " * number)),), ())


@pytest.mark.parametrize(
    ("words", "minutes"), [(1, 1), (WORDS_A_MINUTE, 1), (WORDS_A_MINUTE + 1, 2), (10 * WORDS_A_MINUTE, 10)]
)
def test_the_minutes_are_rounded_up(words, minutes):
    assert minutes_to_read(of_words(words)) == minutes


def test_scripts_without_spaces_have_none():
    assert minutes_to_read(replace(a_document("x y"), lang="zh-Hans")) is None


@pytest.mark.django_db
def test_the_page_says_so(client, privacy):
    for page in ("", "versions/1.0/"):
        assert "About 1 minute</dd>" in client.get(f"/policies/privacy/{page}").content.decode()
