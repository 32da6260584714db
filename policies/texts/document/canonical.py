r"""The canonical text of a document and its digest.

The text reads like Markdown, and two documents have the same text only if they are the same but for section keys and
anchors: what could be taken for a mark of ours is escaped with a backslash. A backslash before one of `^ _ {` or at
the end of a line is a mark itself: \^raised\^, \_lowered\_, the language of what follows, a line that goes on below.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import chain, repeat

from policies.texts.document.lines import Line, numbered_blocks
from policies.texts.document.model import Block, Contact, Document
from policies.texts.document.runs import LINE_BREAK, Run, Runs, Script, inline

_MARKS = re.compile(r"([\\*\[\]|])")
_HREF_MARKS = re.compile(r"([\\()])")
_ESCAPED = r"\\\1"
_LINE_MARKS = re.compile(r"^([#>:=|-])")
_INDENT = "    "
# A line that goes on stands two spaces further in than it began: no mark of ours stands there.
_GOES_ON = "  "
_SCRIPT_MARKS: dict[Script, str] = {"": "", "super": r"\^", "sub": r"\_"}


def canonical_text(document: Document) -> str:
    """Return what the digest covers and what `…/text/` serves: LF line ends, one at the end.

    Same words, numbering and markup give the same text whatever the block ids, white space or database.
    """
    parts = [_language_text(document.lang) + f"# {_inline_text(inline(document.title))}"]
    parts += _blocks_text(document.preamble, None)
    for number, section in enumerate(document.sections, 1):
        parts.append(f"## {number}. {_broken(_inline_text(section.heading))}")
        parts += _blocks_text(section.blocks, number)
    return "\n\n".join(parts) + "\n"


def digest(document: Document) -> str:
    """Return the SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return digest_of(canonical_text(document))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _blocks_text(blocks: Iterable[Block], section: int | None) -> Iterator[str]:
    """Yield each block's lines as one paragraph of plain text."""
    for block, lines in numbered_blocks(blocks, section):
        texts: Iterable[str] = map(_line_text, lines)
        if isinstance(block, Contact):
            texts = _contact_texts(block, texts)
        yield _language_text(block.lang) + "\n".join(texts)


def _language_text(lang: str) -> str:
    return f"\\{{{lang}}}\n" if lang else ""


def _contact_texts(contact: Contact, texts: Iterable[str]) -> Iterator[str]:
    """Yield the marked lines. An empty name keeps its line, so that an address cannot pass for the name."""
    marks = ["= "] * bool(contact.name) + ["== "] * len([*filter(None, contact.address)])
    if not contact.name:
        yield "="
    yield from (mark + text for mark, text in zip(chain(marks, repeat("= ")), texts, strict=False))


def _line_text(line: Line) -> str:
    indent = _INDENT * (line.depth + 1)
    match line.kind:
        case "clause":
            return _broken(f"{indent}{line.label} {_inline_text(line.runs)}", indent)
        case "bullet":
            return _broken(f"{indent}- {_inline_text(line.runs)}", indent)
        case "table-header":
            return f"{_row_text(line.cells)}\n|{'---|' * len(line.cells)}"
        case "row":
            return _row_text(line.cells)
        case "paragraph":
            return _broken(_LINE_MARKS.sub(_ESCAPED, _inline_text(line.runs)))
        case "contact":
            return _inline_text(line.runs)
    return _broken(f"{_PREFIX[line.kind]} {_inline_text(line.runs)}")


def _broken(text: str, indent: str = "") -> str:
    """Return a line with its breaks: a backslash at the end, and the rest further in."""
    return text.replace(LINE_BREAK, f"\\\n{indent}{_GOES_ON}")


_PREFIX = {
    "term": ":",
    "meaning": f"{_INDENT}:",
    # A paragraph that begins with a colon is escaped, and a term has a space behind it: nothing else begins so.
    "question": ":?",
    "answer": f"{_INDENT}:?",
    "notice-heading": ">>",
    "notice": ">",
    "caption": "|:",
}


def _row_text(cells: tuple[Runs, ...]) -> str:
    return _broken(f"| {' | '.join(map(_inline_text, cells))} |")


def _inline_text(runs: Runs) -> str:
    return "".join(map(_run_text, runs))


def _run_text(run: Run) -> str:
    marks, script = "**" * run.strong + "*" * run.emphasis, _SCRIPT_MARKS[run.script]
    text = f"{marks}{script}{_MARKS.sub(_ESCAPED, run.text)}{script}{marks}"
    return f"[{text}]({_HREF_MARKS.sub(_ESCAPED, run.href)})" if run.href else text
