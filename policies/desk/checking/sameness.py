"""Finds lines in which only capitals or blanks differ from the version before: a change that says nothing."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.desk.checking.draft import Draft, Remark, Rule, at, passages_of

_BLANKS = re.compile(r"\s+")


def squashed(text: str) -> str:
    """Return a text in which neither capitals nor blanks tell."""
    return _BLANKS.sub("", text).casefold()


def only_case_or_blanks(draft: Draft) -> Iterator[Remark]:
    """Compare line with line; a line that the old text has, too, is no change."""
    if draft.old is None:
        return
    old = {passage.text for passage in passages_of(draft.old)}
    gone = {squashed(text) for text in old - {passage.text for passage in draft.passages}}
    for passage in draft.passages:
        if passage.text not in old and squashed(passage.text) in gone:
            yield at(
                passage,
                gettext("“%(text)s” says the same as in version %(old_number)s.")
                % {"text": passage.text[:80], "old_number": draft.old_number},
            )


RULE = Rule(
    "case-or-blanks",
    _("Only capitals or blanks differ"),
    _("Put it back as it was, unless you mean it: readers see it marked as a change."),
    only_case_or_blanks,
)
