"""Reads a version's own plain text, JSON or saved page back into the same document."""

import re
from collections.abc import Iterator

from policies.texts.document import (
    Document,
    Json,
    canonical_text,
    digest,
    document_lines,
    document_of_json,
    from_canonical_text,
    from_json,
    to_json,
)
from policies.texts.importing.saved_page import document_on_page, is_page_of_ours
from policies.texts.markup import allowed_href

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_TAG = re.compile(r"<[^>]*>")
_ORIGIN = re.compile(r"""<link\s[^>]*?rel=["']?canonical["']?[^>]*?href=["'](https?://[^/"']+)/""", re.IGNORECASE)


def own_document(text: str) -> Document | None:
    """Return the document that a version's text, JSON or page is of; None for any other text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if text.lstrip().startswith("{"):
        return _in_normal_form(document_of_json(text))
    if is_page_of_ours(text):
        return next(own_documents_on_page(text), None)
    document = from_canonical_text(text.strip("\n") + "\n")
    return document if document and _has_allowed_links(document) else None


def own_documents_on_page(html: str) -> Iterator[Document]:
    """Yield what a page of ours says, likeliest first.

    A browser writes full addresses into a page that it saves, so a link within the site may have been a path or not.
    The digest on the page tells which, where it is there.
    """
    document = document_on_page(html)
    if not document:
        return
    origin = _ORIGIN.search(html)
    found = [document, *([from_json(_with_paths(to_json(document), origin[1]))] if origin else [])]
    shown = set(_DIGEST.findall(_TAG.sub("", html)))
    yield from sorted(found, key=lambda candidate: digest(candidate) not in shown)


def _with_paths(data: Json, origin: str) -> Json:
    """Return a document's JSON with paths for the addresses that begin with this origin."""
    found = {name: _part_with_paths(part, origin) for name, part in data.items()}
    if str(found.get("href", "")).startswith(f"{origin}/"):
        found["href"] = str(found["href"]).removeprefix(origin)
    return found


def _part_with_paths(part: object, origin: str) -> object:
    if isinstance(part, list):
        return [_part_with_paths(below, origin) for below in part]
    return _with_paths(part, origin) if isinstance(part, dict) else part


def _in_normal_form(document: Document | None) -> Document | None:
    """Return a document whose words are as the site writes them and whose links it would show; None for others."""
    if not document or from_canonical_text(canonical_text(document)) is None:
        return None
    return document if _has_allowed_links(document) else None


def _has_allowed_links(document: Document) -> bool:
    lines = document_lines(document)
    runs = (run for line in lines for part in (line.runs, *line.cells) for run in part)
    return all(allowed_href(run.href) == run.href for run in runs if run.href)
