"""The importer's one door: from a path to a document and the account of its words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from policies.texts.document import (
    Bullets,
    Clauses,
    Document,
    Paragraph,
    Run,
    Section,
    Table,
    block_lines,
    document_lines,
)
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.files import Source, open_source
from policies.texts.importing.html import read_html
from policies.texts.importing.markdown import read_markdown
from policies.texts.importing.plain_text import read_plain_text
from policies.texts.importing.report import Report
from policies.texts.importing.word import read_word
from policies.texts.importing.words import caseless, document_words
from policies.texts.markup import text_of

_READERS: dict[str, Callable[[Source], Draft]] = {
    "plain text": lambda source: read_plain_text(source.text),
    "Markdown": lambda source: read_markdown(source.text),
    "HTML": lambda source: read_html(source.text),
    "Word": lambda source: read_word(source.data),
}
_I = re.compile(r"\bi\b")


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file gave: the text, and what became of every word on the way."""

    document: Document
    report: Report


def read_policy(path: Path, title: str | None = None, *, sentence_case: bool = False) -> Imported:
    """What one file gave: the text, and what became of every word on the way."""

    """Read a policy from a plain-text, Markdown, HTML or Word file.

    Args:
        title: what to call it instead of the title in the file.
        sentence_case: set headings that are all capitals in small letters; acronyms in them must be mended by hand.

    Raises:
        UnreadablePolicy: with a sentence for the person who chose the file.
    """
    source = open_source(path)
    try:
        draft = _READERS[source.kind](source)
    except UnreadablePolicy as error:
        raise UnreadablePolicy(f"{source.name} cannot be imported. {error}") from error
    except RecursionError as error:
        raise UnreadablePolicy(f"{source.name} cannot be imported: it is nested too deeply.") from error
    draft.remarks[:0] = source.remarks
    _set_title(draft, title, path)
    if sentence_case:
        _set_sentence_case(draft)
    document = Document(draft.title, tuple(draft.preamble), tuple(draft.sections))
    return Imported(document, _report(source, draft, document, sentence_case=sentence_case))


def _set_title(draft: Draft, title: str | None, path: Path) -> None:
    title = " ".join((title or "").split())
    if title and title != draft.title:
        draft.replace("the title in the file", "at the top", draft.title)
        draft.put_in("the title given", "at the top", title)
        draft.title = title
    elif not draft.title:
        draft.title = re.sub(r"[\W_]+", " ", path.stem).strip().capitalize() or "Policy"
        draft.put_in("a title from the file's name", "at the top", draft.title)
        draft.remarks.append(f'No title was found: "{draft.title}" is from the name of the file.')


def _set_sentence_case(draft: Draft) -> None:
    """Set capitals in headings small. What was an acronym cannot be known, so this is only done when asked for."""
    changed = 0
    if draft.title.isupper():
        draft.title = _small(draft.title)
        changed += 1
    for number, section in enumerate(draft.sections):
        if text_of(section.heading).isupper():
            draft.sections[number] = replace(section, heading=_small_runs(section))
            changed += 1
    if changed:
        draft.remarks.append(f"Headings in capitals set in sentence case: {changed}. Look for names and acronyms.")


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
