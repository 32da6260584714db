"""Takes out of HTML what a policy does not need: scripts, styles, strange tags and dangerous links."""

import re

import nh3

from policies.texts.document import clean_text

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
BLOCKS = HEADINGS | LISTS | frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "nav",
    "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr",
})  # fmt: skip
INLINE = frozenset({"a", "b", "br", "em", "i", "strong", "sub", "sup"})
STRUCK = frozenset({"del", "s", "strike"})
WITHOUT_CONTENT = frozenset({"iframe", "noscript", "script", "style", "template"})

_CELL = {"colspan", "rowspan"}
_LOOKS = {
    "font-weight", "font-style", "vertical-align", "text-decoration", "text-decoration-line", "display", "visibility",
    "list-style-type", "list-style",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=set(BLOCKS | INLINE),
    clean_content_tags=set(WITHOUT_CONTENT),
    attributes={"a": {"href"}, "td": _CELL, "th": _CELL},
    attribute_filter=lambda tag, name, value: allowed_href(value) if name == "href" else value,
    link_rel=None,
)
# Pasted text uses styles for bold, raised, struck and hidden words, pages use roles for menus: `tree.parse` needs both.
_STYLED_CLEANER = nh3.Cleaner(
    tags=set(BLOCKS | INLINE | STRUCK | {"span"}),
    clean_content_tags=set(WITHOUT_CONTENT),
    attributes={
        "*": {"style", "class", "id", "role", "hidden", "aria-hidden", "lang", "dir"},
        "a": {"href"},
        "ol": {"start", "type", "reversed"},
        "li": {"value"},
        "td": _CELL,
        "th": _CELL,
    },
    attribute_filter=lambda tag, name, value: _attribute(name, value),
    link_rel=None,
)
_HREF = re.compile(r"https?://[^/?#]|mailto:.|tel:.|/(?![/\\])|#.", re.IGNORECASE)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_ANCHOR = re.compile(r'<a(?: [a-z]+="[^"]*")*>|</a>')

# The time nh3 takes grows with the square of the nesting: 0.2 s at 10,000 levels, 20 s at 100,000.
MAX_NESTING = 2_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_THEMSELVES = frozenset({
    "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option", "p", "td", "th", "tr", "wbr",
})  # fmt: skip
_NESTING_TAG = re.compile(r"</?(?!(?:br|p|script|style|noscript)\b)[a-zA-Z][^<>]*>", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return HTML that is safe to show, without scripts and with only the links that `allowed_href` accepts."""
    return _without_empty_links(_CLEANER.clean(_nested_sanely(html)))


def cleaned(html: str) -> str:
    """Sanitise, but keep what tells how words look and which are struck. Only `tree.parse` reads this."""
    return _STYLED_CLEANER.clean(_nested_sanely(html))


def _attribute(name: str, value: str) -> str | None:
    if name == "href":
        return allowed_href(value)
    return _looks(value) if name == "style" else value


def _looks(style: str) -> str:
    """Return the declarations that say how words look, all in small letters."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return ";".join(f"{name.strip()}:{value.strip()}" for name, _, value in pairs if name.strip() in _LOOKS)


def allowed_href(href: str) -> str | None:
    """Return the address in normal form, or None if a policy must not link to it.

    Allowed are http(s), mailto, tel, absolute paths of this site (`/x`, not `//host`) and fragments.
    """
    href = clean_text(href).strip().replace(" ", "%20")
    return href if _HREF.match(href) else None


def nesting(html: str) -> int:
    """Estimate in one quick pass how deep the elements are nested."""
    still_open: dict[str, int] = {}
    depth = deepest = 0
    for end, name in _TAG.findall(html.lower()):
        if name in _CLOSED_BY_THEMSELVES:
            continue
        if not end:
            still_open[name] = still_open.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif still_open.get(name):
            still_open[name] -= 1
            depth -= 1
    return deepest


def _nested_sanely(html: str) -> str:
    """Return the HTML, or only its words and paragraphs if it is nested too deeply."""
    html = _LONE_SURROGATES.sub("\ufffd", html)
    return html if nesting(html) <= MAX_NESTING else _NESTING_TAG.sub(" ", html)


def _without_empty_links(html: str) -> str:
    dropped: list[bool] = []

    def keep(match: re.Match[str]) -> str:
        tag = match.group()
        if tag != "</a>":
            dropped.append("href=" not in tag)
            return "" if dropped[-1] else tag
        return "" if dropped and dropped.pop() else tag

    return _ANCHOR.sub(keep, html)
