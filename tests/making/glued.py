"""Sentences that code puts together from pieces, of which a translator could not change the order."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.making.pieces import APART, FULL

# Which of its arguments a function translates.
TRANSLATED = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (0,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1,)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 2)),
}
# A message that begins or ends so was made to be put behind or before something else. Lines may end.
LOOSE = re.compile(r"[ ,.;)]|.*[ ,(]\Z", re.DOTALL)
KEPT_WHOLE = {"format", "lower", "capitalize", "strip"}  # methods that leave a message a message


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: fixed words, or a value; of a message, what is translated."""

    fixed: str = ""
    message: str | None = None

    @property
    def is_value(self) -> bool:
        return not self.fixed and self.message is None


def loose_messages(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the messages that are made to be glued, with their lines."""
    for node in ast.walk(tree):
        for words in _translated(node):
            if LOOSE.match(words):
                yield node.lineno, words


def glued(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what puts messages beside values or each other as one sentence, with its line."""
    for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        named = dict(_named(scope)) if isinstance(scope, ast.FunctionDef) else {}
        inner = {id(child) for node in ast.walk(scope) if isinstance(node, ast.BinOp) for child in (node.left,)}
        for node in ast.walk(scope):
            if isinstance(node, ast.JoinedStr) or (_is_sum(node) and id(node) not in inner):
                if _is_glued(list(_parts(node, named))):
                    yield node.lineno, ast.unparse(node)
            elif isinstance(node, ast.Call) and _joins(node, named):
                yield node.lineno, ast.unparse(node)


def _translated(node: ast.AST) -> list[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED):
        return []
    found = [node.args[place] for place in TRANSLATED[node.func.id] if place < len(node.args)]
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _message(node: ast.AST, named: dict[str, str]) -> str | None:
    """What of an expression a translator is given, if it is a message, filled in or not."""
    match node:
        case ast.Name():
            return named.get(node.id)
        case ast.BinOp(op=ast.Mod(), left=inner) | ast.Call(func=ast.Name(id="str"), args=[inner, *_]):
            return _message(inner, named)
        case ast.Call(func=ast.Attribute(attr=attr, value=inner)) if attr in KEPT_WHOLE:
            return _message(inner, named)
        case ast.IfExp():
            return _message(node.body, named) or _message(node.orelse, named)
    words = _translated(node)
    if not words and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
        return "…"
    return words[-1] if words else None


def _named(scope: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield the names that a function gives to messages."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.NamedExpr) and (words := _message(node.value, {})):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, words) for target in targets if isinstance(target, ast.Name))


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)


def _parts(node: ast.AST, named: dict[str, str]) -> Iterator[Part]:
    match node:
        case ast.JoinedStr():
            for value in node.values:
                yield from _parts(value, named)
        case ast.FormattedValue():
            yield from _parts(node.value, named)
        case ast.BinOp(op=ast.Add()):
            yield from _parts(node.left, named)
            yield from _parts(node.right, named)
        case ast.Constant(value=str(words)):
            yield Part(fixed=words)
        case ast.IfExp() if _message(node, named) is None:
            yield Part()
        case _:
            yield Part(message=_message(node, named))


def _is_glued(parts: list[Part]) -> bool:
    before, between = None, ""
    for part in parts:
        if part.fixed:
            between += part.fixed
            continue
        if before and not (before.is_value and part.is_value) and not _is_apart(before, between):
            return True
        before, between = part, ""
    return False


def _is_apart(before: Part, between: str) -> bool:
    return bool(APART.search(between) or "\n" in between or FULL.search(before.message or ""))


def _joins(call: ast.Call, named: dict[str, str]) -> bool:
    match call:
        case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant(value=str(between))), args=[joined]):
            messages = [words for node in ast.walk(joined) if (words := _message(node, named))]
            return any(not _is_apart(Part(message=words), between) for words in messages)
    return False
