"""Copies of a policy as people have them: saved pages, mails, printed pages, pasted words. What a copy may change."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from policies.texts.document import clean_text
from policies.texts.markup import Node, parse
from policies.texts.redline.words import split_words

_SAME_SIGNS = str.maketrans(
    dict(zip("‘’“”‐‑–—−", "''\"\"-----", strict=True)) | {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
)
_HTML = re.compile(r"<(?:!doctype html|html|body|article|p|div)\b", re.IGNORECASE)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z-]{1,40}: ?[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\s*\n")
_QUOTED = re.compile(r"^(?:[ \t]*>)+", re.MULTILINE)
_SOFT_BREAK = re.compile("\u00ad[ \t]*\r?\n[ \t]*")
_HYPHEN_AT_END = re.compile(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=\w)")
# Stands where a line ended with a hyphen: whether it belongs to the word is known by the version's words only.
_MAYBE_HYPHEN = "\ue000"
# A number in front of a clause and the word after it; figures that go on are no such thing.
_GROWN_TOGETHER = re.compile(r"(\d+(?:\.\d+)+|\d+\.|\([a-z]+\))([^\W\d]\S*|\"\S+|'\S+)", re.IGNORECASE)
# Marks of lists, tables, quotations and emphasis that stand around a word in a copy.
_MARKS_AROUND = "*_|<>#=•·◦▪"
_UNSEEN = frozenset({"title", "script", "style", "template", "noscript"})


def text_of_copy(text: str) -> str:
    """Return the words of a saved page or a saved mail; other text is left as it is."""
    if _HEADERS.match(text):
        text = _text_of_mail(text)
    return text_of_html(text) if _HTML.search(text, 0, 2000) else text


def text_of_html(html: str) -> str:
    """Return the words of a page as a browser shows them, a line for each block."""
    return "".join(_shown(parse(html)))


def _shown(node: Node) -> Iterator[str]:
    for part in node.children:
        if isinstance(part, str):
            yield part
        elif part.tag == "br":
            yield "\n"
        elif part.tag not in _UNSEEN and "hidden" not in part.attrs:
            apart = "\n" if part.is_block else ""
            yield apart
            yield from _shown(part)
            yield apart


def _text_of_mail(text: str) -> str:
    """Return the body of a mail, or of a page saved as one file (MHTML), or the text itself where that is no mail."""
    message = email.message_from_bytes(text.encode("utf-8", "surrogateescape"), policy=email.policy.default)
    body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
    if body and not body.get_content_charset():
        body.set_param("charset", "utf-8")  # browsers name none, and write this one
    try:
        content = body.get_content() if body else text
    except (LookupError, ValueError, AttributeError):
        return text
    return content if isinstance(content, str) else text


def copied_words(text: str) -> list[str]:
    """Return the words in order, without what a copy may change.

    White space, kinds of quotation marks and dashes, marks of lists and quotations, and how lines were broken do not
    count. A word that was broken over two lines keeps a mark, see `unbroken`.
    """
    text = _SOFT_BREAK.sub("", _QUOTED.sub("", text))
    text = _HYPHEN_AT_END.sub(_MAYBE_HYPHEN, text)
    words = split_words(clean_text(text.translate(_SAME_SIGNS)))
    return [word for word in (word.strip(_MARKS_AROUND) for word in words) if any(map(str.isalnum, word))]


def unbroken(words: list[str], known: set[str]) -> list[str]:
    """Return the words as they are known, where a copy broke one in two or let two grow together.

    “infor-mation” and “e-mail” may both be ends of lines; “1.What” is how browsers copy a number that floats.
    """
    found: list[str] = []
    for word in words:
        if word not in known and (_MAYBE_HYPHEN in word or word[:1] in "(0123456789"):
            found += _as_known(word, known)
        else:
            found.append(word)
    return found


def _as_known(word: str, known: set[str]) -> list[str]:
    if _MAYBE_HYPHEN in word:
        joined = word.replace(_MAYBE_HYPHEN, "")
        return [joined if joined in known else word.replace(_MAYBE_HYPHEN, "-")]
    numbered = _GROWN_TOGETHER.fullmatch(word)
    if numbered and known.issuperset(numbered.groups()):
        return list(numbered.groups())
    return [word]
