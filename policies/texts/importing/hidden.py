"""Finds what HTML holds but does not show: comments, scripts, templates, and words hidden by CSS or attributes."""

import re

import css_inline

from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.markup import Node, looks_of
from policies.texts.saying import gettext

_COMMENT = re.compile(r"<!--(.*?)(?:--!?>|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(template|noscript)\b[^>]*>(.*?)(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_STYLE = re.compile(r"<style\b", re.IGNORECASE)
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=False)
_SHOWN = 60
# Rules by tags. A large page with a framework's style sheet has half of it; where all match, twice of it takes 20 s.
_MOST_MATCHES = 20_000_000


def with_styles_in_place(html: str) -> str:
    """Return the HTML with its style sheets applied as style attributes, which show what is struck or hidden.

    Raises:
        UnreadablePolicy: there are so many rules and elements that this would take minutes.
    """
    if not _STYLE.search(html):
        return html
    if html.count("{") * html.count("<") > _MOST_MATCHES:
        raise UnreadablePolicy(gettext("Its style sheets are too large. Save the page's text alone."))
    try:
        return _INLINER.inline(html)
    except (css_inline.InlineError, ValueError):
        return html


def is_hidden(node: Node) -> bool:
    """Return whether browsers or screen readers skip a node."""
    looks = looks_of(node)
    return (
        "hidden" in node.attrs
        or node.attrs.get("aria-hidden", "").lower() == "true"
        or looks.get("display", "").startswith("none")
        or looks.get("visibility", "").startswith(("hidden", "collapse"))
    )


def drop_unseen_markup(html: str, draft: Draft) -> None:
    """Record the words of comments, `template` and `noscript`. Scripts and styles have no words."""
    for match in _COMMENT.finditer(_CODE.sub(" ", html)):
        _drop(draft, gettext("a comment"), match[1])
    for match in _UNSEEN.finditer(_COMMENT.sub(" ", _CODE.sub(" ", html))):
        _drop(draft, gettext("what stands in <%(tag)s>") % {"tag": match[1].lower()}, match[2])


def _drop(draft: Draft, what: str, text: str) -> None:
    words = _TAG.sub(" ", text)
    if words.strip():
        draft.drop_from_file(what, f'"{" ".join(words.split())[:_SHOWN]}"', words)
