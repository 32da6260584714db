"""A text says its language and is read from its side; what is around it stays English."""

import json
import re

import pytest

from policies.texts.document import Bullet, Bullets, Clause, Clauses, Document, Paragraph, Section, Table, inline
from tests.making.policies import a_draft, announce

ARABIC = Document(
    "قواعد القارب",
    (Paragraph(inline("Plum لا تبيع شيئاً")), Paragraph(inline("Nothing but English")), Paragraph(inline("Oui"), "fr")),
    (
        Section(inline("القوارب"), (Clauses((Clause(inline("السباحة ممنوعة")),)),)),
        Section(inline("English"), (Bullets((Bullet(inline("x")),), "en"), Table((inline("أ"),), ((inline("b"),),)))),
    ),
    "ar",
)


@pytest.fixture
def page(client, db):
    def read(document):
        announce(a_draft(document, slug="boats"))
        return client.get("/policies/boats/").content.decode()

    return read


@pytest.mark.parametrize(
    ("lang", "direction", "word"),
    [("ar", "rtl", "نعم"), ("he", "rtl", "כן"), ("zh-Hans", "ltr", "是"), ("ja", "ltr", "はい"), ("cy", "ltr", "Ie")],
)
def test_a_page_says_the_language_of_its_text(page, lang, direction, word):
    section = Section(inline(word), (Paragraph(inline(word)),))
    html = page(Document(word, (), (section, section), lang))
    assert f'<article class="document" lang="{lang}" dir="{direction}">' in html
    assert f'<h1><span class="document-title" lang="{lang}" dir="{direction}">{word}</span></h1>' in html
    assert f'<ol role="list" lang="{lang}" dir="{direction}">' in html
    assert '<html lang="en-GB">' in html


def test_a_text_in_the_sites_language_says_nothing_and_each_line_finds_its_side(page):
    html = page(Document("Boats", (), (Section(inline("No"), (Paragraph(inline("نعم")),)),)))
    assert '<article class="document">' in html
    assert '<p dir="auto">نعم</p>' in html


def test_a_line_that_begins_with_a_foreign_name_is_read_from_the_right_in_a_text_that_is(page):
    html = page(ARABIC)
    assert '<p dir="rtl">Plum لا تبيع شيئاً</p>' in html
    assert '<p dir="auto">Nothing but English</p>' in html
    assert '<p class="clause" dir="rtl">السباحة ممنوعة</p>' in html


def test_a_passage_in_another_language_says_so(page):
    html = page(ARABIC)
    assert '<p lang="fr" dir="auto">Oui</p>' in html
    assert '<ul lang="en" dir="ltr">' in html


def test_the_announced_text_keeps_the_languages_of_the_draft(page, client):
    page(ARABIC)
    text = client.get("/policies/boats/versions/1.0/text/").content.decode()
    assert text.startswith("\\{ar}\n# قواعد القارب\n")
    assert "\n\\{fr}\nOui\n" in text
    assert client.get("/policies/boats/versions/1.0/json/").json()["document"]["lang"] == "ar"


def test_search_engines_are_told_the_language(page):
    data = re.search(r'<script[^>]*type="application/ld\+json">(.*?)</script>', page(ARABIC), re.DOTALL)[1]
    assert json.loads(data)["inLanguage"] == "ar"
