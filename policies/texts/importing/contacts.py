"""Finds contact details: contact boxes, and e-mail addresses that a web page hides from robots."""

import re
from collections.abc import Iterable, Iterator

from policies.texts.document import Block, Contact, Paragraph, Runs, inline
from policies.texts.importing.draft import Draft
from policies.texts.markup import Node, Part, cut, runs_of, text_of
from policies.texts.saying import gettext

HIDDEN_ADDRESS = re.compile(
    r"This e-?mail address is being protected from spambots\.? You need JavaScript enabled to view it\.?", re.IGNORECASE
)
_BY_POST = re.compile(r"\bor by (?:post|mail|letter) to:? ", re.IGNORECASE)
# A name and at least two lines, to the end of the sentence.
_ADDRESS = re.compile(r"[^,.;]{1,80}(?:,[^,.;]{1,80}){2,9}(?=[.;]|$)")
_EMAIL = re.compile(r"(e-?mail)\s*:\s*(.*)", re.IGNORECASE)
_PHONE = re.compile(r"(telephone|tel|phone)\.?\s*:\s*(.*)", re.IGNORECASE)


def contact_box(node: Node, draft: Draft, where: str) -> Contact | None:
    """Return the contact of a quote whose first line is a bold "Contact", else None."""
    label, *lines = [runs for runs in _lines(node) if runs] or [()]
    if not lines or text_of(label).casefold().rstrip(":") != "contact" or not label[0].strong:
        return None
    draft.drop(gettext("the line that marks a contact box"), where, text_of(label))
    name, *address = map(text_of, lines)
    email = _taken(_EMAIL, "E-mail", address, draft, where)
    phone = _taken(_PHONE, "Telephone", address, draft, where)
    return Contact(name, tuple(address), email, phone)


def _lines(node: Node) -> Iterator[Runs]:
    """Yield the lines of a quote: line breaks and paragraphs separate them."""
    line: list[Part] = []
    for part in node.children:
        if not isinstance(part, Node) or not (part.is_block or part.tag == "br"):
            line.append(part)
            continue
        yield runs_of(line)
        line = []
        yield from _lines(part)
    yield runs_of(line)


def _taken(label: re.Pattern[str], said: str, lines: list[str], draft: Draft, where: str) -> str:
    """Remove the first line with this label and return its text; the site writes its own label."""
    for number, line in enumerate(lines):
        if (match := label.match(line)) and match[2]:
            if match[1] != said:
                draft.replace("the label of a contact line", where, match[1])
                draft.put_in(gettext("the label of a contact line"), where, said)
            del lines[number]
            return match[2]
    return ""


def with_hidden_addresses(blocks: Iterable[Block], draft: Draft, where: str) -> Iterator[Block]:
    """Yield the blocks with "…" in place of each hidden address, followed by a contact box."""
    for block in blocks:
        hidden = HIDDEN_ADDRESS.search(text_of(block.runs)) if isinstance(block, Paragraph) else None
        if isinstance(block, Paragraph) and hidden:
            draft.replace("an e-mail address that the web page hid from robots", where, hidden.group())
            draft.remarks.append(
                gettext('An e-mail address is missing, %(where)s: the text has "…" in its place. Write it there.')
                % {"where": where}
            )
            start, end = hidden.span()
            yield from _with_address(inline(*cut(block.runs, 0, start), " … ", *cut(block.runs, end)))
        else:
            yield block


def _with_address(runs: Runs) -> Iterator[Block]:
    """Yield a paragraph, and its postal address, if it ends with one, as a contact box."""
    text = text_of(runs)
    by_post = _BY_POST.search(text)
    address = _ADDRESS.match(text, by_post.end()) if by_post else None
    if not address:
        yield Paragraph(runs)
        return
    name, *lines = (line.strip() for line in address[0].split(","))
    yield Paragraph(cut(runs, 0, address.start()))
    yield Contact(name, tuple(filter(None, lines)))
    if rest := text[address.end() :].lstrip(". "):
        yield Paragraph(cut(runs, len(text) - len(rest)))
