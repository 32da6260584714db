"""Reads Markdown: CommonMark with tables, footnotes, definition lists, contact boxes, and embedded HTML."""

import re
from collections import Counter
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from markdown_it.utils import EnvType

from policies.texts.importing.arranging import arrange
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.html import shown_words, unlink_fragments
from policies.texts.importing.markdown_extras import read_extras
from policies.texts.importing.markdown_html import drop_hidden_html, settle_html
from policies.texts.importing.markdown_inline import with_more_marks
from policies.texts.importing.markdown_notes import with_notes_in_place
from policies.texts.importing.struck import Choice, settle_struck
from policies.texts.importing.word_counts import count_words
from policies.texts.markup import parse
from policies.texts.saying import gettext

_PARSER = with_more_marks(MarkdownIt("commonmark", {"html": True}).enable("table"))
_MARKS = re.compile(r"\{(?:--|\+\+|==|~~)|(?:--|\+\+|==|~~)\}|~>|[*_\\`~^]")
_TEMPLATES = re.compile(r"\{%.{0,200}?%\}|\{\{.{0,200}?\}\}", re.DOTALL)
_LABEL = re.compile(r"\]\s?\[([^\[\]]{1,200})\]")
# Parsing time grows with the square of the number of these if they are never closed.
_COSTLY = "[]*_`<&!\\^~{"
_MOST_MARKS = 50_000
_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_markdown(text: str, struck: Choice | None = None) -> Draft:
    """Return the draft of a Markdown text.

    Args:
        text: of the file, without its front matter.
        struck: what to do with struck-through words.

    Raises:
        StruckWords: there are some, and `struck` is not given.
        UnreadablePolicy: more markup than any policy has.
    """
    if sum(map(text.count, _COSTLY)) > _MOST_MARKS:
        raise UnreadablePolicy(gettext("It holds more markup than any policy. Save the text alone."))
    draft = Draft(Counter())
    in_place = with_notes_in_place(text, draft)
    env: EnvType = {}
    tokens = _PARSER.parse(in_place, env)
    settle_html(tokens, draft)
    _count(in_place, tokens, env, draft)
    before, after = _bare_words(text), _bare_words(in_place)
    draft.words = draft.words + (before - after) - (after - before)
    read_extras(tokens, draft)
    root = parse(_rendered(tokens))
    settle_struck(root, draft, struck)
    unlink_fragments(root, draft)
    arrange(draft, root.children)
    return draft


def _rendered(tokens: list[Token]) -> str:
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _count(text: str, tokens: list[Token], env: EnvType, draft: Draft) -> None:
    """Count the words that a browser shows, those that it hides, and those that the parser overlooked."""
    html = _rendered(tokens)
    numbers = " ".join(token.info for token in tokens if token.type == "list_item_open")
    known = " ".join([*map(_apart, tokens), numbers, *map(_addresses, tokens), *_labels(text, tokens, env, draft)])
    draft.words += shown_words(html) + count_words(numbers)
    draft.words += _bare_words(unescape(text)) - _bare_words(known)
    draft.numbering += count_words(numbers)
    drop_hidden_html(html, draft)
    _drop_what_is_not_shown(tokens, draft)
    for found in dict.fromkeys(_TEMPLATES.findall(text)):
        draft.unread.append(
            gettext("A template would fill this in, and here it stands as typed: %(words)s")
            % {"words": " ".join(found.split())}
        )


def _drop_what_is_not_shown(tokens: list[Token], draft: Draft) -> None:
    children = [child for token in tokens for child in token.children or ()]
    if pictures := sum(child.type == "image" for child in children):
        draft.remarks.append(gettext("Pictures left out: %(pictures)s.") % {"pictures": pictures})
    for child in children:
        if child.type == "image":
            draft.drop_from_file(gettext("the words of a picture"), f'"{child.content}"', child.content)
        if title := child.attrs.get("title"):
            draft.drop_from_file(gettext("the title of a link or picture"), f'"{title}"', str(title))


def _labels(text: str, tokens: list[Token], env: EnvType, draft: Draft) -> list[str]:
    """Return the labels of reference links; drop definitions that no link uses."""
    children = [child for token in tokens for child in token.children or ()]
    used = {child.attrs.get("href") or child.attrs.get("src") for child in children}
    labels = [label for label in _LABEL.findall(text) if normalizeReference(label) in env.get("references", {})]
    typed = _typed_labels(text)
    for label, target in env.get("references", {}).items():
        words = typed.get(label, label)
        labels.append(f"{words} {unescape(target['href'])} {target['title']}")
        if target["href"] not in used:
            draft.drop_from_file(
                gettext("a link or comment that nothing refers to"), f"[{words}]", f"{words} {target['title']}"
            )
    return labels


def _typed_labels(text: str) -> dict[str, str]:
    """Return the labels of definitions as typed, keyed by normal form."""
    return {
        normalizeReference(label): label for label in re.findall(r"^ {0,3}\[([^\[\]]{1,200})\]:", text, re.MULTILINE)
    }


def _apart(token: Token) -> str:
    """Return the words of a block, separated where links begin or end, as in the file."""
    if not token.children:
        return token.content
    return "".join(
        child.content or (" " if child.type in _BREAKS or child.type.startswith("link") else "")
        for child in token.children
    )


def _addresses(token: Token) -> str:
    """Return text that is not shown as words: addresses and titles of links, languages of code."""
    found = [str(value) for child in token.children or () for value in child.attrs.values()]
    return " ".join([*map(unescape, found), token.info])


def _bare_words(text: str) -> Counter[str]:
    return count_words(_MARKS.sub("", text))
