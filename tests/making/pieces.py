"""Sentences of a template that are put together from pieces, of which a translator could not change the order."""

import re
from collections.abc import Collection, Iterator

from django.template.base import Lexer, Token, TokenType

READ_ALOUD = re.compile(r"""\b(?:title|alt|aria-label|aria-description|placeholder|content)="([^"]*)\"""")
INLINE = {
    *("a", "abbr", "b", "bdi", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "small", "span", "strong"),
    *("sub", "sup", "time"),
}
TAG = re.compile(r"</?([\w-]+)[^>]*>")
# Buttons, tags and signs are read by themselves; a sentence may stand beside one.
SIGN = re.compile(
    r"""<(a|span|button) [^>]*class="(?:button|tag|w-status|stop|redline__was)\b[^>]*>.*?</\1>""", re.DOTALL
)
# What stands for a message, a value, a sign, and whatever ends a sentence, once the template's tags are read.
MESSAGE, VALUE, BESIDE, END, ELSE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
PIECE = re.compile(f"{MESSAGE}(\\d+);|[{VALUE}{BESIDE}{END}{ELSE}]")
SHOWN = {VALUE: "{}", BESIDE: "[]"}
# Marks between two pieces that make two of them: of a label, a list, an aside.
APART = re.compile(r"[,.:;!?·|/–—→←()“”×+]")
# The end of a sentence; also of one that ends with somebody else's words.
FULL = re.compile(r"(?:[.:!?…]['’”)]*|: \{\})$")
ASIDE = re.compile(r"\(.*\)$")
TRANSLATED = re.compile(r"""(?:trans|translate)\s+(?:"([^"]*)"|'([^']*)')""")
SILENT = {"if", "endif", "for", "endfor", "with", "endwith", "load", "spaceless", "endspaceless", "url", "ifchanged"}


def pieces(source: str, *, html: bool = True, phrases: Collection[str] = ()) -> list[str]:
    """Return what stands side by side and is one sentence, each as “words + words”; `{}` is a value.

    Args:
        source: the template's.
        html: whether it is a page; in a text each line stands by itself.
        phrases: the templates that are a few words in somebody else's line, where they are included.
    """
    messages: list[str] = []
    text = "".join(_marked(source, messages, phrases))
    runs = [found for found in READ_ALOUD.findall(text) if html]
    return [found for run in [*runs, _flow(text, html=html)] for found in _joined(run, messages)]


def is_phrase(source: str) -> bool:
    """Whether a template is a few words in somebody else's line: not a sign, nor a paragraph."""
    flow = _flow("".join(_marked(source, [], ())), html=True)
    return END not in flow and BESIDE not in flow and (MESSAGE in flow or VALUE in flow)


def _flow(text: str, *, html: bool) -> str:
    if not html:
        return text.replace("\n", END)
    return TAG.sub(lambda tag: "" if tag[1] in INLINE else END, SIGN.sub(BESIDE, text))


def _marked(source: str, messages: list[str], phrases: Collection[str]) -> Iterator[str]:
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        match token.token_type:
            case TokenType.TEXT:
                yield token.contents
            case TokenType.VAR:
                words = re.match(r"""_\(\s*["'](.*?)["']\s*\)""", token.contents)
                yield _message(words[1], messages) if words else VALUE
            case TokenType.BLOCK:
                yield _of_tag(token, tokens, messages, phrases)


def _of_tag(token: Token, tokens: Iterator[Token], messages: list[str], phrases: Collection[str]) -> str:
    name = token.contents.split(maxsplit=1)[0]
    if found := TRANSLATED.match(token.contents):
        return "" if re.search(r"\bas \w+$", token.contents) else _message(found[1] or found[2] or "", messages)
    if name in {"blocktrans", "blocktranslate"}:
        inside = ["{}" if inner.token_type == TokenType.VAR else inner.contents for inner in _until(name, tokens)]
        return "" if "asvar" in token.contents else _message("".join(inside), messages)
    if name == "comment":
        list(_until(name, tokens))
        return ""
    if name == "include":
        return VALUE if token.contents.split()[1].strip("\"'") in phrases else BESIDE
    return "" if name in SILENT else ELSE if name in {"else", "elif", "empty"} else END


def _until(name: str, tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents == f"end{name}":
            return
        yield token


def _message(words: str, messages: list[str]) -> str:
    messages.append(" ".join(re.sub(r"<[^>]*>", "", words).split()))
    return f"{MESSAGE}{len(messages) - 1};"


def _joined(run: str, messages: list[str]) -> Iterator[str]:
    before, last = "", 0  # the words of the piece before; none after an end
    for found in PIECE.finditer(run):
        between, last = run[last : found.start()], found.end()
        words = messages[int(found[1])] if found[1] else SHOWN.get(found[0], "")
        if before and words and not APART.search(between) and _is_one(before, words):
            yield f"{before} + {words}"
        before = words


def _is_one(before: str, words: str) -> bool:
    """Whether two pieces beside each other are one sentence."""
    if {before, words} <= {"{}", "[]"} or words == "[]" or FULL.search(before) or ASIDE.match(words):
        return False
    if before in SHOWN.values():
        return not words[:1].isupper()
    return not (words[:1].isupper() and FULL.search(words))
