"""What the site serves of a version - text, JSON, page - comes back as the same document with the same digest."""

import json
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings

from policies.texts.document import Document, Paragraph, canonical_text, digest, inline, to_json
from policies.texts.importing import UnreadablePolicy, read_policy
from tests.making.documents import documents

NUMBERS = count()
PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>x | Plum</title></head><body><nav><a href="/">Home</a></nav>'
    '<main><h1><span class="document-title">{title}</span>, version 2.0</h1>{document}<p>Digest: {digest}</p></main>'
)
SAVED = '<head><link rel="canonical" href="https://site.example/policies/x/">'


def page_of(document):
    html = render_to_string("policies/document.html", {"document": document})
    return PAGE.format(title=escape(document.title), document=html, digest=digest(document))


def bare(document):
    return replace(document, sections=tuple(replace(s, key="", anchor="") for s in document.sections))


def read(folder: Path, name: str, content: str):
    path = folder / f"{next(NUMBERS)}{name}"
    path.write_text(content, encoding="utf-8", newline="")
    return read_policy(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("own")


def texts(document):
    text = canonical_text(document)
    yield ".txt", text
    yield ".md", text.replace("\n", "\r\n")
    yield ".json", json.dumps({"number": "2.0", "document": to_json(document)}, ensure_ascii=False, indent=1)
    yield ".html", page_of(document)
    yield ".htm", page_of(document).replace('href="/', 'href="https://site.example/').replace("<head>", SAVED)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents.filter(lambda document: document.title))
def test_every_document_comes_back_from_everything_the_site_serves(folder, document):
    for name, content in texts(document):
        got = read(folder, name, content)
        assert (name, bare(got.document)) == (name, bare(document))
        assert digest(got.document) == digest(document)
        assert got.report.is_complete


ODD = Document("Signs", (Paragraph(inline("\u00c3\u00a9 \u00c2\u00a3 \u00e2\u20ac\u2122 are signs")),), ())


@pytest.mark.parametrize("number", range(5))
def test_odd_letters_that_were_announced_come_back_and_are_remarked(folder, number):
    name, content = [*texts(ODD)][number]
    got = read(folder, name, content)
    assert digest(got.document) == digest(ODD)
    assert any("as if letters had been read in a wrong encoding, 3 times" in remark for remark in got.report.remarks)


def test_in_any_other_text_they_are_refused(folder):
    with pytest.raises(UnreadablePolicy, match="wrong encoding before it was saved, 3 times"):
        read(folder, ".txt", "Signs\n\n1. One\n" + ODD.preamble[0].runs[0].text)
