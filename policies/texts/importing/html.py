"""Reads HTML: the words a browser shows, without the menus around them."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape

import nh3

from policies.texts.importing.arranging import arrange
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.headings import level_of
from policies.texts.importing.hidden import drop_unseen_markup, is_hidden, with_styles_in_place
from policies.texts.importing.struck import Choice, settle_struck
from policies.texts.importing.word_counts import count_words
from policies.texts.markup import BLOCKS, WITHOUT_CONTENT, Node, Part, language_of, nesting, parse, runs_of, text_of
from policies.texts.saying import gettext

MAX_NESTING = 500
_MOST_MARKS = 100_000
_CHROME = frozenset({"nav", "footer", "aside", "select", "search"})
# These can also hold the text itself, or its title.
_CHROME_WITHOUT_HEADING = frozenset({"header", "form", "dialog"})
_CHROME_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "menu"})
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BOX = re.compile(r"<(?:html|body)\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(?:xml:)?(lang|dir)\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read_html(html: str, struck: Choice | None = None) -> Draft:
    """Return the draft of a page or a piece of HTML.

    Args:
        struck: what to do with struck-through words.

    Raises:
        StruckWords: there are some, and `struck` is not given.
        UnreadablePolicy: nested past all sense, more markup than any policy has, or no heading.
    """
    _refuse_excess(html)
    draft = Draft(shown_words(html))
    drop_unseen_markup(html, draft)
    root = parse(with_styles_in_place(html))
    page_title = _taken_page_title(root)
    drop(root, draft, gettext("hidden text"), is_hidden)
    root = _main_part(root, draft, _language_of_page(html))
    drop(root, draft, gettext("a menu, header or footer of the page"), _is_chrome)
    drop(root, draft, gettext("a menu"), _MenuBeforeText())
    settle_struck(root, draft, struck)
    unlink_fragments(root, draft)
    arrange(draft, root.children)
    if page_title and not draft.title:
        draft.title = page_title
        draft.put_in(gettext("the title of the page's window"), gettext("at the top"), page_title)
    if images := len(_IMAGE.findall(html)):
        draft.remarks.append(gettext("Pictures left out: %(images)s.") % {"images": images})
    return draft


def shown_words(html: str) -> Counter[str]:
    """Return the words a browser shows, without the tree that the document is made from."""
    shown = nh3.clean(html, tags=set(BLOCKS | {"br"}), clean_content_tags=set(WITHOUT_CONTENT), attributes={})
    return count_words(unescape(_TAG.sub(" ", _TITLE.sub(" ", shown))))


def _refuse_excess(html: str) -> None:
    if nesting(html) > MAX_NESTING:
        raise UnreadablePolicy(
            gettext("Its markup is nested too deeply. Paste the text into a new document and save that.")
        )
    if html.count("<") + html.count("&") > _MOST_MARKS:
        raise UnreadablePolicy(gettext("It holds more markup than any policy. Save the page's text alone."))


def drop(root: Node, draft: Draft, what: str, is_dropped: Callable[[Node], bool]) -> None:
    """Take the nodes that are to be dropped out of the tree, and record their words."""
    kept: list[Part] = []
    for child in root.children:
        if isinstance(child, Node) and is_dropped(child):
            draft.drop(what, gettext("on the page"), text_of(runs_of([child])))
            kept.append(" ")
        else:
            kept.append(child)
    root.children[:] = kept
    for child in root.nodes:
        drop(child, draft, what, is_dropped)


def unlink_fragments(root: Node, draft: Draft) -> None:
    """Turn links to places on the page into plain words, because a document has no such places. Add a remark."""
    unlinked = 0
    for node in root.walk():
        if node.tag == "a" and node.attrs.get("href", "#").startswith("#") and runs_of(node.children):
            node.attrs.pop("href", None)
            unlinked += 1
    if unlinked:
        draft.remarks.append(
            gettext("Links that became plain words, for they lead into the page or nowhere: %(unlinked)s.")
            % {"unlinked": unlinked}
        )


def _taken_page_title(root: Node) -> str:
    titles = [node for node in root.walk() if node.tag == "title"]
    texts = [text_of(runs_of(node.children)) for node in titles]
    for node in titles:
        node.children.clear()
    return next(filter(None, texts), "")


def _language_of_page(html: str) -> str:
    """Return the language in the html or body tag. The parser leaves those tags out."""
    attrs: dict[str, str] = {}
    for box in _BOX.findall(html[:20_000]):
        attrs |= {name.lower(): value for name, value in _ATTRIBUTE.findall(box)}
    return language_of(Node("html", attrs, [text_of(runs_of(parse(html).children))])) if attrs else ""


def _is_chrome(node: Node) -> bool:
    if node.tag in _CHROME or node.attrs.get("role") in _CHROME_ROLES:
        return True
    return node.tag in _CHROME_WITHOUT_HEADING and not _has_heading(node)


def _has_heading(node: Node) -> bool:
    return any(map(level_of, node.walk()))


class _MenuBeforeText:
    """Tells lists of nothing but links before the first heading."""

    def __init__(self) -> None:
        self._is_before = True

    def __call__(self, node: Node) -> bool:
        self._is_before = self._is_before and not level_of(node)
        words = [run for run in runs_of(node.children) if run.text.strip()] if node.tag == "ul" else []
        return self._is_before and len(words) > 1 and all(run.href for run in words)


def _main_part(root: Node, draft: Draft, lang: str) -> Node:
    """Return the main part of a page, or all of it. Set the draft's language to that of this part."""
    draft.lang = lang
    for names in (("main",), ("article",)):
        mains = [node for node in root.walk() if node.tag in names or node.attrs.get("role") in names]
        if len(mains) == 1 and _has_heading(mains[0]):
            draft.lang = next((tag for node in _path(root, mains[0]) if (tag := language_of(node))), lang)
            inside = Node("main", children=[*mains[0].children])
            mains[0].children.clear()
            draft.drop(
                gettext("what stands around the main part of the page"),
                gettext("on the page"),
                text_of(runs_of(root.children)),
            )
            return inside
    return root


def _path(root: Node, wanted: Node) -> list[Node]:
    """Return a node and those around it, innermost first."""
    if root is wanted:
        return [root]
    for node in root.nodes:
        if path := _path(node, wanted):
            return [*path, root]
    return []
