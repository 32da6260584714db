"""Words in a line: what is bold, italic, raised or lowered, what is a link, and where a line breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policies.texts.document import LINE_BREAK, Run, Runs, Script, inline
from policies.texts.markup.tree import Node, Part, parse

_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_HEAVY = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_SCRIPTS: dict[str, Script] = {"sup": "super", "sub": "sub"}
_ALIGNED: dict[str, Script] = {"super": "super", "sub": "sub", "baseline": ""}
# Cells that stand beside each other are not on lines of their own.
_BESIDE = frozenset({"td", "th", "option"})
_PLAIN = Run("")


def runs_from_html(html: str) -> Runs:
    """Return all words of some HTML as one line of runs; where a new block begins, the line breaks."""
    return runs_of(parse(html).children)


def runs_of(parts: Iterable[Part]) -> Runs:
    return inline(*_pieces(parts, _PLAIN))


def _pieces(parts: Iterable[Part], style: Run) -> Iterator[Run]:
    for part in parts:
        if isinstance(part, str):
            yield replace(style, text=part)
        elif part.tag == "br":
            yield Run(LINE_BREAK)
        else:
            apart = Run(" " if part.tag in _BESIDE else LINE_BREAK if part.is_block else "")
            yield apart
            yield from _pieces(part.children, _styled(part, style))
            yield apart


def _styled(node: Node, style: Run) -> Run:
    """Return the style inside a node; its CSS beats its tag (Google Docs wraps a whole text in a light b)."""
    looks = looks_of(node)
    weight, slant = looks.get("font-weight", ""), looks.get("font-style", "")
    strong = weight in _HEAVY if weight else style.strong or node.tag in _BOLD
    emphasis = slant in ("italic", "oblique") if slant else style.emphasis or node.tag in _ITALIC
    script = _ALIGNED.get(looks.get("vertical-align", ""), _SCRIPTS.get(node.tag, style.script))
    return replace(style, strong=strong, emphasis=emphasis, href=node.attrs.get("href", style.href), script=script)


def looks_of(node: Node) -> dict[str, str]:
    """Return what a node's style attribute says, all in small letters."""
    pairs = (declaration.partition(":") for declaration in node.attrs.get("style", "").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}


def cut(runs: Runs, start: int, end: int | None = None) -> Runs:
    """Return the characters of a line from `start` up to `end`, styles and all."""
    pieces = []
    at = 0
    for run in runs:
        first, last = max(start - at, 0), len(run.text) if end is None else max(end - at, 0)
        pieces.append(replace(run, text=run.text[first:last]))
        at += len(run.text)
    return inline(*pieces)


def without_overall_bold(runs: Runs) -> Runs:
    """Return a line without its bold if all of it is bold. Headings are shown bold anyway."""
    if not all(run.strong for run in runs if run.text.strip()):
        return runs
    return inline(*(replace(run, strong=False) for run in runs))


def text_of(runs: Runs) -> str:
    """Return the words of a line, each letter at its place. Line breaks become spaces."""
    return "".join(run.text for run in runs).replace(LINE_BREAK, " ")
