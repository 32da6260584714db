"""Reads what CommonMark lacks: definition lists, line ends in quotes, anchors and task boxes."""

import re
from itertools import groupby

from markdown_it.token import Token

from policies.texts.importing.draft import Draft
from policies.texts.importing.marks import marks_of
from policies.texts.saying import gettext

_ATTRIBUTES = re.compile(r"\s*\{(?::\s*[^{}\n]*|\s*[#.][^{}\n]*)\}\s*$")
_TOC_MARK = re.compile(r"\[\[?_?toc_?\]\]?", re.IGNORECASE)
_BOXES = {"[ ] ": "\u2610 ", "[x] ": "\u2611 ", "[X] ": "\u2611 "}
_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_extras(tokens: list[Token], draft: Draft) -> None:
    """Change the tokens so that definition lists render, and quotes and typed lists keep their lines."""
    quotes = 0
    for number, token in enumerate(tokens):
        quotes += token.nesting * token.type.startswith("blockquote")
        before = tokens[number - 1].type if number else ""
        if token.type != "inline":
            continue
        _drop_attributes(token, draft, in_heading=before == "heading_open")
        if before != "paragraph_open":
            continue
        if number > 1 and tokens[number - 2].type == "list_item_open":
            _tick_box(token, draft)
        if _is_definition(token):
            tokens[number - 1].tag = tokens[number + 1].tag = "dl"
            tokens[number - 1].hidden = tokens[number + 1].hidden = False
            token.children = _definition(token.children or [])
        elif quotes:
            token.children = _with_line_ends(token.children or [])
        else:
            token.children = _with_marked_lines(token.children or [])


def _drop_attributes(token: Token, draft: Draft, *, in_heading: bool) -> None:
    """Remove {#anchor} and {: .class } from the end of a heading, or where they stand alone on a line."""
    children = token.children or []
    for place, child in enumerate(children):
        is_alone = place == 0 or children[place - 1].type in _BREAKS
        ends_line = place + 1 == len(children) or children[place + 1].type in _BREAKS
        match = _ATTRIBUTES.search(child.content) if child.type == "text" and ends_line else None
        if match and ((is_alone and not match.start()) or (in_heading and place + 1 == len(children))):
            draft.drop(gettext("an anchor or class"), f'"{match[0].strip()}"', match[0])
            child.content = child.content[: match.start()]
        elif is_alone and ends_line and _TOC_MARK.fullmatch(child.content.strip()):
            draft.drop(gettext("the place of a table of contents"), f'"{child.content}"', child.content)
            child.content = ""


def _tick_box(token: Token, draft: Draft) -> None:
    """Replace the brackets of a task with a box."""
    first = token.children[0] if token.children else None
    box = _BOXES.get(first.content[:4], "") if first and first.type == "text" else ""
    if first and box:
        draft.replace("the box of a task", f'"{token.content[:60]}"', first.content[:4])
        draft.remarks.append(
            gettext("The box of a task is shown as %(box)s: %(content)s")
            % {"box": box.strip(), "content": token.content[4:64]}
        )
        first.content = box + first.content[4:]


def _with_marked_lines(children: list[Token]) -> list[Token]:
    """Return a paragraph's words; if every line begins with a list mark, keep the line ends."""
    found: list[Token] = []
    lines = _lines(children)
    are_marked = len(lines) > 1 and all(line[0].type == "text" and marks_of(line[0].content) for line in lines)
    for child in children:
        found.append(Token("hardbreak", "br", 0) if are_marked and child.type == "softbreak" else child)
    return found


def _is_definition(token: Token) -> bool:
    lines = token.content.split("\n")
    return len(lines) > 1 and lines[1].startswith(": ") and not lines[0].startswith(": ")


def _definition(children: list[Token]) -> list[Token]:
    """Return "Term / : meaning" as dt and dd; a line without a colon continues the meaning above."""
    found: list[Token] = []
    tag = ""
    for line in _lines(children):
        starts = bool(tag) and line[0].type == "text" and line[0].content.startswith(":")
        if starts:
            line[0].content = line[0].content.removeprefix(":").lstrip()
        if not tag or starts:
            found += [Token(f"{tag}_close", tag, -1)] if tag else []
            tag = "dd" if tag else "dt"
            found.append(Token(f"{tag}_open", tag, 1))
        else:
            found.append(Token("softbreak", "br", 0))
        found += line
    return [*found, Token(f"{tag}_close", tag, -1)]


def _lines(children: list[Token]) -> list[list[Token]]:
    groups = groupby(children, key=lambda child: child.type in _BREAKS)
    return [[*group] for is_break, group in groups if not is_break]


def _with_line_ends(children: list[Token]) -> list[Token]:
    """Return a quote with line breaks; two of them follow a bold first line, which is the heading."""
    first, *rest = _lines(children)
    found = [*first]
    if rest and _is_bold(first):
        found.append(Token("hardbreak", "br", 0))
    for line in rest:
        found += [Token("hardbreak", "br", 0), *line]
    return found


def _is_bold(line: list[Token]) -> bool:
    line = [token for token in line if token.content or token.nesting]
    return bool(line) and line[0].type == "strong_open" and line[-1].type == "strong_close"
