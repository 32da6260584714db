"""Words in a line: stretches of one style, line breaks between them, and their normal form."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

# Invisible characters that can make a text read differently from what it says: C0/C1 controls, soft hyphen,
# zero-width space and no-break space marks, bidi embeddings, overrides and isolates (Unicode TR 36, CVE-2021-42574).
# Joiners stay: scripts and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"\s+")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

# The one line break that a line of words may hold: Unicode's LINE SEPARATOR. Every other white space is a space.
LINE_BREAK = "\u2028"
_AROUND_BREAK = re.compile(f" *{LINE_BREAK}[ {LINE_BREAK}]*")
_SEPARATORS = (" ", LINE_BREAK)

Script = Literal["", "super", "sub"]
Style = tuple[bool, bool, str, Script]


def clean_text(text: str) -> str:
    """Return text in NFC without invisible characters, every run of white space one plain space."""
    visible = _INVISIBLE.sub("", _LONE_SURROGATES.sub("\ufffd", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style, in which `LINE_BREAK` may stand.

    `href` is an absolute URL, an absolute path, a mailto: or tel: address; `script` says raised or lowered.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    script: Script = ""

    @property
    def style(self) -> Style:
        return self.strong, self.emphasis, self.href, self.script


Runs = tuple[Run, ...]


def inline(*runs: Run | str) -> Runs:
    """Return runs in normal form: clean text, no style on outer spaces and breaks, neighbours of one style joined."""
    pieces: list[Run] = []
    for run in chain.from_iterable(map(_without_outer_spaces, runs)):
        if run.text in _SEPARATORS and pieces and pieces[-1].text.endswith(_SEPARATORS):
            if run.text == LINE_BREAK:
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text[:-1] + LINE_BREAK)
            continue
        if pieces and pieces[-1].style == run.style:
            run = replace(run, text=unicodedata.normalize("NFC", pieces.pop().text + run.text))
        pieces.append(run)
    return _stripped(_joined_over_spaces(pieces))


def _without_outer_spaces(run: Run | str) -> Iterator[Run]:
    if isinstance(run, str):
        run = Run(run)
    text = _clean_line(run.text)
    words = text.strip()
    if text.startswith(_SEPARATORS):
        yield Run(text[0])
    if words:
        yield replace(run, text=words, href=clean_text(run.href).strip())
        if text.endswith(_SEPARATORS):
            yield Run(text[-1])


def _clean_line(text: str) -> str:
    if LINE_BREAK not in text:
        return clean_text(text)
    return _AROUND_BREAK.sub(LINE_BREAK, LINE_BREAK.join(map(clean_text, text.split(LINE_BREAK))))


def _joined_over_spaces(pieces: list[Run]) -> list[Run]:
    """Join <b>a</b> <b>b</b> into <b>a b</b>: it looks the same, so it is the same."""
    joined: list[Run] = []
    for run in pieces:
        if len(joined) > 1 and joined[-1].text in _SEPARATORS and joined[-2].style == run.style:
            between = joined.pop().text
            run = replace(run, text=f"{joined.pop().text}{between}{run.text}")
        joined.append(run)
    return joined


def _stripped(runs: list[Run]) -> Runs:
    if runs and runs[0].text.startswith(_SEPARATORS):
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    if runs and runs[-1].text.endswith(_SEPARATORS):
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(run for run in runs if run.text)


def on_one_line(runs: Runs) -> Runs:
    """Return the same words with a space for each line break: what a heading or a title is."""
    return inline(*(replace(run, text=run.text.replace(LINE_BREAK, " ")) for run in runs))
