"""Reads a canonical text back into its document. Anything else is not read at all."""

import re
from collections.abc import Iterator

from policies.texts.document.canonical import canonical_text
from policies.texts.document.model import (
    Block,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    Item,
    KeyFact,
    KeyFacts,
    Notice,
    Paragraph,
    Section,
    Table,
)
from policies.texts.document.runs import LINE_BREAK, Run, Runs, Script, inline

_BROKEN = re.compile(r"(?<!\\)((?:\\\\)*)\\\n *")
_LANGUAGE = re.compile(r"\\\{([A-Za-z0-9-]+)\}\n")
_HEADING = re.compile(r"## [0-9]+\. ?")
_INDENT = 4
_LINE_MARK = re.compile(r"\\(?=[#>:=-])")
_PLAIN = re.compile(r"(?:[^\\*\[\]]|\\[\\*\[\]|])+")
_HREF = re.compile(r"\]\(((?:[^\\()]|\\[\\()])*)\)")
_ESCAPED = re.compile(r"\\(.)")
_STARS = re.compile(r"\*{1,3}")
_SCRIPTS: dict[str, Script] = {r"\^": "super", r"\_": "sub"}


class _NotCanonical(Exception):
    """The text holds something that no canonical text holds."""


def from_canonical_text(text: str) -> Document | None:
    """Return the document of a canonical text, without keys and anchors, which are no part of it.

    Args:
        text: as `…/text/` serves it.

    Returns:
        None where `canonical_text` would not give exactly this text.
    """
    try:
        document = _document(text)
        return document if canonical_text(document) == text else None
    except (_NotCanonical, IndexError, RecursionError):
        return None


def _document(text: str) -> Document:
    joined = _BROKEN.sub(rf"\1{LINE_BREAK}", text.removesuffix("\n"))
    first, *rest = joined.split("\n\n")
    lang, title = _language_and_rest(first)
    preamble: list[Block] = []
    sections: list[tuple[Runs, list[Block]]] = []
    for part in rest:
        if match := _HEADING.match(part):
            sections.append((_runs(part[match.end() :]), []))
        else:
            (sections[-1][1] if sections else preamble).append(_block(part))
    words = "".join(run.text for run in _runs(title.removeprefix("# ")))
    made = tuple(Section(heading, tuple(blocks)) for heading, blocks in sections)
    return Document(words, tuple(preamble), made, lang)


def _language_and_rest(part: str) -> tuple[str, str]:
    match = _LANGUAGE.match(part)
    return (match[1], part[match.end() :]) if match else ("", part)


def _block(part: str) -> Block:
    lang, text = _language_and_rest(part)
    if not text:
        raise _NotCanonical
    lines = text.split("\n")
    if text.startswith(" " * _INDENT):
        items = _items([*map(_depth_and_words, lines)], 0)
        if isinstance(items[0], Bullet):
            return Bullets(tuple(item for item in items if isinstance(item, Bullet)), lang)
        return Clauses(tuple(item for item in items if isinstance(item, Clause)), lang)
    match text[:1]:
        case ":":
            if text.startswith(":?"):
                return KeyFacts(tuple(KeyFact(*pair) for pair in _pairs(lines, ":?")), lang)
            return Definitions(tuple(Definition(*pair) for pair in _pairs(lines, ":")), lang)
        case "|":
            return _table(lines, lang)
        case ">":
            return _notice(lines, lang)
        case "=":
            return _contact(lines, lang)
    return Paragraph(_runs(_LINE_MARK.sub("", text, count=1) if _LINE_MARK.match(text) else text), lang)


def _depth_and_words(line: str) -> tuple[int, str]:
    words = line.lstrip(" ")
    return (len(line) - len(words)) // _INDENT - 1, words


def _items(lines: list[tuple[int, str]], depth: int) -> list[Item]:
    """Return the items of one list; the lines further in belong to the item above them."""
    starts = [number for number, (found, _) in enumerate(lines) if found == depth]
    if not starts or starts[0]:
        raise _NotCanonical
    return [
        _item(lines[start][1], lines[start + 1 : end], depth)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def _item(words: str, below: list[tuple[int, str]], depth: int) -> Item:
    mark, _, text = words.partition(" ")
    items = tuple(_items(below, depth + 1)) if below else ()
    return Bullet(_runs(text), items) if mark == "-" else Clause(_runs(text), items)


def _pairs(lines: list[str], mark: str) -> Iterator[tuple[Runs, Runs]]:
    for first, second in zip(lines[::2], lines[1::2], strict=False):
        yield _runs(first.removeprefix(f"{mark} ")), _runs(second.strip(" ").removeprefix(f"{mark} "))


def _table(lines: list[str], lang: str) -> Table:
    caption = _runs(lines.pop(0).removeprefix("|: ")) if lines[0].startswith("|: ") else ()
    header, _, *rows = lines
    return Table(_cells(header), tuple(map(_cells, rows)), caption, lang)


def _cells(line: str) -> tuple[Runs, ...]:
    return tuple(map(_runs, line.removeprefix("| ").removesuffix(" |").split(" | ")))


def _notice(lines: list[str], lang: str) -> Notice:
    heading = _runs(lines.pop(0).removeprefix(">> ")) if lines[0].startswith(">> ") else ()
    return Notice(heading, tuple(_runs(line.removeprefix("> ")) for line in lines), lang)


def _contact(lines: list[str], lang: str) -> Contact:
    first, *rest = lines
    address = [_words(line.removeprefix("== ")) for line in rest if line.startswith("== ")]
    ways = [_words(line.removeprefix("= ")) for line in rest if line.startswith("= ")]
    email = next((way.removeprefix("E-mail: ") for way in ways if way.startswith("E-mail: ")), "")
    phone = next((way.removeprefix("Telephone: ") for way in ways if way.startswith("Telephone: ")), "")
    return Contact(_words(first.removeprefix("=").removeprefix(" ")), tuple(address), email, phone, lang)


def _words(text: str) -> str:
    return "".join(run.text for run in _runs(text))


def _runs(text: str) -> Runs:
    runs: list[Run] = []
    at = 0
    while at < len(text):
        run, at = _linked(text, at + 1) if text[at] == "[" else _styled(text, at)
        runs.append(run)
    if inline(*runs) != tuple(runs):
        raise _NotCanonical
    return tuple(runs)


def _linked(text: str, at: int) -> tuple[Run, int]:
    run, at = _styled(text, at)
    match = _HREF.match(text, at)
    if not match:
        raise _NotCanonical
    return Run(run.text, run.strong, run.emphasis, _ESCAPED.sub(r"\1", match[1]), run.script), match.end()


def _styled(text: str, at: int) -> tuple[Run, int]:
    """Return the run that begins here, and where the next one does."""
    stars = _STARS.match(text, at)
    marks = stars[0] if stars else ""
    at += len(marks)
    mark = text[at : at + 2] if text[at : at + 2] in _SCRIPTS else ""
    words = _PLAIN.match(text, at + len(mark))
    if not words:
        raise _NotCanonical
    at, closing = words.end(), mark + marks
    if not text.startswith(closing, at):
        raise _NotCanonical
    run = Run(
        _ESCAPED.sub(r"\1", words[0]), len(marks) > 1, len(marks) in (1, 3), script=_SCRIPTS[mark] if mark else ""
    )
    return run, at + len(closing)
