"""Inline marks beyond CommonMark: H~2~O, m^2^, ~~struck~~, and CriticMarkup edits."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_RAISED = re.compile(r"\^(?![\s^])([^\s^]{1,40}?)(?<!\\)\^")
_LOWERED = re.compile(r"(?<=\w)~(?![\s~])([^\s~]{1,40}?)(?<!\\)~(?!~)")
_STRUCK = re.compile(r"(?<![\w~])~(?![\s~])([^~\n]{1,500}?)(?<![\s\\])~(?![~\w])")
_DELETED = re.compile(
    r"\{--(?P<old>.{0,2000}?)--\}|\{~~(?P<before>[^~]{0,1000})~>(?P<after>[^~]{0,1000})~~\}", re.DOTALL
)
_INSERTED = re.compile(r"\{\+\+(?P<new>.{0,2000}?)\+\+\}|\{==(?P<marked>.{0,2000}?)==\}", re.DOTALL)


def with_more_marks(parser: MarkdownIt) -> MarkdownIt:
    """Return the parser with superscripts, subscripts and struck words, as in GitHub, Pandoc and CriticMarkup.

    A single tilde strikes words out on GitHub; directly after a letter it marks a subscript, as in Pandoc.
    """
    parser.enable("strikethrough")
    for char, rule in (("^", _raised), ("~", _lowered_or_struck), ("{", _reviewed)):
        parser.inline.add_terminator_char(char)
        parser.inline.ruler.before("strikethrough", f"reading {char}", rule)
    return parser


def _raised(state: StateInline, silent: bool) -> bool:
    return _one(state, silent, _RAISED, "sup")


def _lowered_or_struck(state: StateInline, silent: bool) -> bool:
    return _one(state, silent, _LOWERED, "sub") or _one(state, silent, _STRUCK, "del")


def _reviewed(state: StateInline, silent: bool) -> bool:
    match = _DELETED.match(state.src, state.pos, state.posMax) or _INSERTED.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        found = match.groupdict()
        _push(state, "del", found.get("old") or found.get("before") or "")
        _push(state, "", found.get("after") or found.get("new") or found.get("marked") or "")
    state.pos = match.end()
    return True


def _one(state: StateInline, silent: bool, pattern: re.Pattern[str], tag: str) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        _push(state, tag, match[1])
    state.pos = match.end()
    return True


def _push(state: StateInline, tag: str, source: str) -> None:
    """Push the tokens of some Markdown, wrapped in a tag if one is given."""
    if not source:
        return
    if state.pending:
        state.pushPending()
    if tag:
        state.push(f"{tag}_open", tag, 1)
    for token in state.md.parseInline(source, state.env)[0].children or []:
        state.tokens.append(token)
    if tag:
        state.push(f"{tag}_close", tag, -1)
