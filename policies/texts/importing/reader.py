"""The entry point of the importer: reads a file into a document and a report."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypedDict, Unpack

from policies.texts.document import (
    Bullets,
    Clauses,
    Document,
    Paragraph,
    Run,
    Section,
    Table,
    block_lines,
    clean_text,
    digest,
    document_lines,
    inline,
)
from policies.texts.importing.decoding import misread_letters
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy, WithoutSections
from policies.texts.importing.files import Source, open_source, source_of
from policies.texts.importing.front_matter import FrontMatter
from policies.texts.importing.html import read_html
from policies.texts.importing.languages import settle_language
from policies.texts.importing.markdown import read_markdown
from policies.texts.importing.own import own_document
from policies.texts.importing.plain_text import read_plain_text
from policies.texts.importing.report import Report
from policies.texts.importing.struck import Choice, StruckWords
from policies.texts.importing.word import read_word
from policies.texts.importing.word_counts import caseless, count_words, document_words
from policies.texts.markup import text_of
from policies.texts.saying import gettext, gettext_noop

_READERS: dict[str, Callable[[Source, Choice | None], Draft]] = {
    "plain text": lambda source, struck: read_plain_text(source.text, struck),
    "Markdown": lambda source, struck: read_markdown(source.text, struck),
    "HTML": lambda source, struck: read_html(source.text, struck),
    "Word": lambda source, struck: read_word(source.data, struck),
    "JSON": lambda source, struck: _refuse_json(),
}
_WITHOUT_SECTIONS = gettext_noop(
    "No section was found in it. Sections begin with headings: in plain text lines such as "
    "\u201c1. What we collect\u201d, numbered from 1; in Markdown \u201c## What we collect\u201d; in HTML h2; "
    "in Word the style Heading. A text without headings can be imported as one section: "
    "--one-section \u201cWhat it is about\u201d."
)
_I = re.compile(r"\bi\b")


@dataclass(frozen=True, slots=True)
class Imported:
    """The document read from a file, and the report on it."""

    document: Document
    report: Report


class Options(TypedDict, total=False):
    """How to read a file.

    sentence_case: set headings that are all capitals in small letters; acronyms in them must be mended by hand.
    struck: what to do with struck-through words: "drop" leaves them out, "keep" makes them ordinary words.
    one_section: the heading for a text without headings, which becomes one section.
    """

    sentence_case: bool
    struck: Choice | None
    one_section: str | None


def read_policy(path: Path, title: str | None = None, **options: Unpack[Options]) -> Imported:
    """Read a policy from a plain-text, Markdown, HTML or Word file.

    Args:
        path: the file.
        title: what to call it instead of the title in the file.
        options: how to read it.

    Raises:
        StruckWords: there are some, and `struck` is not given.
        WithoutSections: it has no headings, and `one_section` is not given.
        UnreadablePolicy: with a sentence for the person who chose the file.
    """
    return _understood(open_source(path), title, **options)


def read_policy_data(name: str, data: bytes, title: str | None = None, **options: Unpack[Options]) -> Imported:
    """Read a policy from the bytes of a file, as `read_policy` does.

    Args:
        name: the file's; its ending says the kind.
        data: its bytes.
        title: what to call it instead of the title in the file.
        options: how to read it.

    Raises:
        StruckWords: there are some, and `struck` is not given.
        WithoutSections: it has no headings, and `one_section` is not given.
        UnreadablePolicy: with a sentence for the person who chose the file.
    """
    return _understood(source_of(name, data), title, **options)


def _understood(
    source: Source,
    title: str | None,
    *,
    sentence_case: bool = False,
    struck: Choice | None = None,
    one_section: str | None = None,
) -> Imported:
    own = _own_draft(source)
    if not own:
        _refuse_misread_letters(source)
    try:
        draft = own or _read(source, struck)
    except StruckWords as error:
        raise error.in_file(source.name) from error
    except UnreadablePolicy as error:
        raise UnreadablePolicy(
            gettext("%(name)s cannot be imported. %(error)s") % {"name": source.name, "error": error}
        ) from error
    except RecursionError as error:
        raise UnreadablePolicy(
            gettext("%(name)s cannot be imported: it is nested too deeply.") % {"name": source.name}
        ) from error
    draft.remarks[:0] = source.remarks
    if not own and not draft.sections:
        _put_into_one_section(draft, source, one_section)
    _take_front_matter(draft, source.front_matter)
    _set_title(draft, title, source.name)
    if sentence_case:
        _set_sentence_case(draft)
    document = Document(draft.title, tuple(draft.preamble), tuple(draft.sections), draft.lang)
    return Imported(document, _report(source, draft, document, sentence_case=sentence_case))


def _put_into_one_section(draft: Draft, source: Source, heading: str | None) -> None:
    """Put a text without headings into one section.

    Raises:
        WithoutSections: no heading was given.
    """
    words = inline(heading or "")
    if not words:
        raise WithoutSections(
            gettext("%(name)s cannot be imported. %(why)s") % {"name": source.name, "why": gettext(_WITHOUT_SECTIONS)}
        )
    draft.put_in(gettext("the heading of the one section"), gettext("at the top"), text_of(words))
    draft.sections.append(Section(words, tuple(draft.preamble)))
    draft.preamble.clear()


def _refuse_json() -> Draft:
    raise UnreadablePolicy(gettext("It is not the JSON of a version. Import the policy's text instead."))


def _read(source: Source, struck: Choice | None) -> Draft:
    draft = _READERS[source.kind](source, struck)
    settle_language(draft)
    return draft


def _refuse_misread_letters(source: Source) -> None:
    text = source.text + (source.front_matter.text if source.front_matter else "")
    if found := misread_letters(text):
        raise UnreadablePolicy(
            gettext(
                "%(name)s holds letters that were read in a wrong encoding before it was saved, %(found)s. Open "
                "the original and save that as UTF-8."
            )
            % {"name": source.name, "found": found}
        )


def _own_draft(source: Source) -> Draft | None:
    """Return the draft of a version's own text, JSON or page: word for word what was announced."""
    document = own_document(source.text)
    if not document:
        return None
    draft = Draft(document_words(document), document.title, document.lang)
    draft.preamble, draft.sections = [*document.preamble], [*document.sections]
    draft.remarks.append(
        gettext("It is the text of a version as this site shows it, read back whole; digest %(digest)s.")
        % {"digest": digest(document)}
    )
    if found := misread_letters(source.text):
        draft.remarks.append(
            gettext("It looks as if letters had been read in a wrong encoding, %(found)s.") % {"found": found}
        )
    return draft


def _take_front_matter(draft: Draft, found: FrontMatter | None) -> None:
    """Record the front matter as dropped. Use its title if the text has none."""
    if not found:
        return
    draft.words += count_words(found.text)
    dropped = count_words(found.text)
    if found.title and not draft.title:
        draft.title = " ".join(clean_text(found.title).split())
        dropped -= count_words(draft.title)
        draft.remarks.append(gettext('The title is that of the front matter: "%(title)s".') % {"title": draft.title})
    draft.drop(gettext("front matter"), gettext("at the top"), " ".join(dropped.elements()))


def _set_title(draft: Draft, title: str | None, name: str) -> None:
    title = " ".join((title or "").split())
    if title and title != draft.title:
        draft.replace("the title in the file", "at the top", draft.title)
        draft.put_in(gettext("the title given"), gettext("at the top"), title)
        draft.title = title
    elif not draft.title:
        draft.title = re.sub(r"[\W_]+", " ", PurePath(name).stem).strip().capitalize() or "Policy"
        draft.put_in(gettext("a title from the file's name"), gettext("at the top"), draft.title)
        draft.remarks.append(
            gettext('No title was found: "%(title)s" is from the name of the file.') % {"title": draft.title}
        )


def _set_sentence_case(draft: Draft) -> None:
    """Set headings in capitals in sentence case. It cannot recognise acronyms, so it runs only on request."""
    changed = 0
    if draft.title.isupper():
        draft.title = _small(draft.title)
        changed += 1
    for number, section in enumerate(draft.sections):
        if text_of(section.heading).isupper():
            draft.sections[number] = replace(section, heading=_small_runs(section))
            changed += 1
    if changed:
        draft.remarks.append(
            gettext("Headings in capitals set in sentence case: %(changed)s. Look for names and acronyms.")
            % {"changed": changed}
        )


def _small(text: str) -> str:
    return _I.sub("I", text.capitalize())


def _small_runs(section: Section) -> tuple[Run, ...]:
    small, runs = _small(text_of(section.heading)), []
    for run in section.heading:
        runs.append(replace(run, text=small[: len(run.text)]))
        small = small[len(run.text) :]
    return tuple(runs)


def _report(source: Source, draft: Draft, document: Document, *, sentence_case: bool) -> Report:
    words_in, words_out = draft.words - draft.numbering, document_words(document)
    changes = tuple(draft.changes)
    if sentence_case:
        words_in, words_out = caseless(words_in), caseless(words_out)
        changes = tuple(replace(change, words=caseless(change.words)) for change in changes)
    return Report(
        kind=source.kind,
        encoding=source.encoding,
        **_figures(document),
        numbers=draft.numbering.total(),
        words_in=words_in.total(),
        words_out=words_out.total(),
        lost=words_in - words_out,
        added=words_out - words_in,
        changes=changes,
        remarks=tuple(draft.remarks),
        unread=tuple(draft.unread),
        renumbered=tuple(draft.renumbered),
        references=tuple(draft.references),
    )


def _figures(document: Document) -> dict[str, int]:
    blocks = [*document.preamble, *(block for section in document.sections for block in section.blocks)]
    lists = [block for block in blocks if isinstance(block, Bullets | Clauses)]
    return {
        "sections": len(document.sections),
        "lists": len(lists),
        "items": sum(1 for _ in block_lines(lists)),
        "paragraphs": sum(isinstance(block, Paragraph) for block in blocks),
        "tables": sum(isinstance(block, Table) for block in blocks),
        "links": sum(bool(run.href) for line in document_lines(document) for run in line.runs),
    }
