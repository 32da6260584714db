"""What CommonMark has no name for: definition lists, and lines that count in quotes."""

from itertools import groupby

from markdown_it.token import Token

_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_extras(tokens: list[Token]) -> None:
    """Change the tokens so that they render as definition lists, and quotes keep their lines."""
    quotes = 0
    for number, token in enumerate(tokens):
        quotes += token.nesting * token.type.startswith("blockquote")
        if token.type != "inline" or tokens[number - 1].type != "paragraph_open":
            continue
        if _is_definition(token):
            tokens[number - 1].tag = tokens[number + 1].tag = "dl"
            tokens[number - 1].hidden = tokens[number + 1].hidden = False
            token.children = _definition(token.children or [])
        elif quotes:
            token.children = _with_line_ends(token.children or [])


def _is_definition(token: Token) -> bool:
    lines = token.content.split("\n")
    return len(lines) > 1 and lines[1].startswith(": ") and not lines[0].startswith(": ")


def _definition(children: list[Token]) -> list[Token]:
    """Return Term / : meaning as dt and dd; a line without a colon goes on with the meaning above it."""
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
    """Return a quote's line ends as line breaks, and two of them after a first line that is bold: a heading."""
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
