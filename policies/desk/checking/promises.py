"""Compares what a text promises with what the software does: periods, receivers and cookies, where that is sure.

A kind of personal data is recognised by its title in the register, or its key, word for word; a cookie by its name in
a table. What is said in other words is not judged.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import Kind, kinds
from accounts.values.wording import span_in_words
from policies.desk.checking.draft import Draft, Passage, Remark, Rule, at
from policies.desk.checking.periods import Period, periods_in
from policies.texts.document import plain_text
from policies.versions.kept_on_devices import kept_on_devices

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_KEEPING = re.compile(
    r"\b(?:keep|keeps|kept|retain|retains|retained|store|stored|hold|held|delete|deleted|erase|erased)\b", re.I
)
_HOW_LONG = re.compile(r"\b(?:how long|kept|keep|retention|period|expir|lasts?|duration)\b", re.I)
_NOBODY = re.compile(
    r"\b(?:nobody else|no[ -]one else|(?:not|never) shared?(?: it)?(?: with (?:any(?:one|body)|others))?)\b", re.I
)
_PAST = re.compile(r"\b(?:no longer|used to|until now|before this version|in the past)\b", re.I)
_COOKIE = re.compile(r"\bcookies?\b", re.I)
_COOKIE_NAME = re.compile(r"[A-Za-z_][\w.-]{2,60}")
_PREFIX = re.compile(r"^__(?:Host|Secure)-")


def broken_promises(draft: Draft) -> Iterator[Remark]:
    for passage in draft.passages:
        if passage.line.kind != "row":
            for sentence in _SENTENCE.split(passage.text):
                yield from _about_keeping(passage, sentence)
    yield from _in_tables(draft)


def kind_meant(words: str) -> Kind | None:
    """Return the one kind of personal data that words name; None where they name none, or several."""
    said = f" {re.sub(r'[^a-z0-9]+', ' ', words.lower())} "
    named = {kind.key: name for kind in kinds() for name in _names(kind) if f" {name} " in said}
    # “Security log” is meant where a kind “log” would be found in its words, too.
    meant = [key for key, name in named.items() if not any(name != other and name in other for other in named.values())]
    return next(kind for kind in kinds() if kind.key == meant[0]) if len(meant) == 1 else None


def _names(kind: Kind) -> tuple[str, ...]:
    """Return the names of at least two words: “account” is too common to be sure."""
    names = (re.sub(r"[^a-z0-9]+", " ", name.lower()).strip() for name in (kind.title, kind.key))
    return tuple(name for name in names if " " in name)


def _about_keeping(passage: Passage, sentence: str) -> Iterator[Remark]:
    if _PAST.search(sentence) or not (_KEEPING.search(sentence) or _NOBODY.search(sentence)):
        return
    kind = kind_meant(sentence)
    if kind is None:
        return
    if _KEEPING.search(sentence):
        yield from _period_differs(passage, kind, list(periods_in(sentence)))
    if _NOBODY.search(sentence) and kind.receivers:
        receivers = "; ".join(map(str, kind.receivers))
        yield at(
            passage,
            gettext("Nobody else is to receive “%(title)s”; the register of personal data says: %(receivers)s.")
            % {"title": kind.title, "receivers": receivers},
        )


def _period_differs(passage: Passage, kind: Kind, periods: list[Period]) -> Iterator[Remark]:
    span = kind.retention.span
    if span and len(periods) == 1 and not periods[0].may_mean(span):
        said = gettext("“%(title)s” for %(words)s") % {"title": kind.title, "words": periods[0].words}
        yield at(
            passage,
            gettext("%(said)s; the register of personal data says: %(words)s.")
            % {"said": said, "words": kind.retention.words},
        )


def _in_tables(draft: Draft) -> Iterator[Remark]:
    header: Passage | None = None
    heading, cookies = "", Cookies()
    for passage in draft.passages:
        kind = passage.line.kind
        if kind in ("heading", "caption"):
            heading = passage.text
        if kind == "table-header":
            header = passage
        elif kind == "row" and header is not None:
            cells = [plain_text(cell) for cell in passage.line.cells]
            heads = [plain_text(cell) for cell in header.line.cells]
            if _COOKIE.search(f"{heading} {heads[0]}") and not _PAST.search(f"{heading} {passage.text}"):
                yield from cookies.read(passage, heads, cells)
            else:
                yield from _row_about_keeping(passage, heads, cells)
    yield from cookies.missing()


def _row_about_keeping(passage: Passage, heads: list[str], cells: list[str]) -> Iterator[Remark]:
    kind = kind_meant(cells[0])
    if kind and not _PAST.search(passage.text):
        for head, cell in zip(heads[1:], cells[1:], strict=True):
            if _HOW_LONG.search(head):
                yield from _period_differs(passage, kind, list(periods_in(cell)))


def cookies_set(*, of_staff: bool = False) -> dict[str, dt.timedelta | None]:
    """Return the cookies this site sets, without the prefix that https adds, and how long each lasts at most.

    Args:
        of_staff: those that only people who work in the CMS get.
    """
    ages = {settings.SESSION_COOKIE_NAME: settings.SESSION_COOKIE_AGE}
    ages[settings.CSRF_COOKIE_NAME] = settings.CSRF_COOKIE_AGE
    known = {bare(name): dt.timedelta(seconds=age) for name, age in ages.items() if age}
    kept = ((kept.name.partition(" (")[0], kept.lasts) for kept in kept_on_devices(of_staff=of_staff))
    return {bare(name): known.get(bare(name)) or _span_in(lasts) for name, lasts in kept}


def _span_in(words: str) -> dt.timedelta | None:
    """Return the time that is said of a cookie; nothing where that is no single period, such as “until shown”."""
    periods = list(periods_in(words))
    return (periods[0].shortest + periods[0].longest) / 2 if len(periods) == 1 else None


def bare(name: str) -> str:
    return _PREFIX.sub("", name)


@dataclass
class Cookies:
    """The tables of cookies in a text, read row by row."""

    named: dict[str, Passage] | None = None

    @cached_property
    def of_everybody(self) -> dict[str, dt.timedelta | None]:
        return cookies_set()

    @cached_property
    def of_staff(self) -> dict[str, dt.timedelta | None]:
        return cookies_set(of_staff=True)

    def read(self, passage: Passage, heads: list[str], cells: list[str]) -> Iterator[Remark]:
        """Compare one row with the cookies this site sets."""
        if not _COOKIE_NAME.fullmatch(cells[0]):
            return
        self.named = (self.named or {}) | {bare(cells[0]): passage}
        known = self.of_staff | self.of_everybody
        if bare(cells[0]) not in known:
            yield at(
                passage,
                gettext("This site sets no cookie “%(cookie)s”; it sets %(cookies)s.")
                % {"cookie": cells[0], "cookies": ", ".join(self.of_everybody)},
            )
            return
        lasts = known[bare(cells[0])]
        for head, cell in zip(heads[1:], cells[1:], strict=True):
            periods = list(periods_in(cell)) if _HOW_LONG.search(head) else []
            if lasts and len(periods) == 1 and not periods[0].may_mean(lasts):
                words = gettext("The cookie “%(cookie)s” for %(words)s; this site sets it for %(span)s.") % {
                    "cookie": cells[0],
                    "words": periods[0].words,
                    "span": span_in_words(lasts),
                }
                yield at(passage, words)

    def missing(self) -> Iterator[Remark]:
        """Name the cookies that the site sets and a table of cookies leaves out."""
        if self.named:
            last = list(self.named.values())[-1]
            for name in self.of_everybody:
                if name not in self.named:
                    yield at(
                        last,
                        gettext("The table does not name the cookie “%(name)s”, which this site sets.")
                        % {"name": name},
                    )


RULE = Rule(
    "promise",
    _("The text says something else than the software does"),
    _("Mend the text; or, where the text is right, have the site changed before you announce."),
    broken_promises,
)
