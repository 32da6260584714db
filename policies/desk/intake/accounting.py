"""What was understood of a file, and what became of its words, as a page shows it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from accounts.values.wording import counted
from policies.texts.importing import Report
from policies.texts.importing.report import sample

MOST = 200
FIGURES = {
    "sections": ngettext_lazy("%(number)s section", "%(number)s sections", "how_many"),
    "lists": ngettext_lazy("%(number)s list", "%(number)s lists", "how_many"),
    "items": ngettext_lazy("%(number)s list item", "%(number)s list items", "how_many"),
    "paragraphs": ngettext_lazy("%(number)s paragraph", "%(number)s paragraphs", "how_many"),
    "tables": ngettext_lazy("%(number)s table", "%(number)s tables", "how_many"),
    "links": ngettext_lazy("%(number)s link", "%(number)s links", "how_many"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """The report on an import, in plain values.

    `figures` are counts in words; `lost` and `added` what nothing explains; of each list the first MOST are kept, and
    `left_out` says how many lines are not.
    """

    kind: str = ""
    encoding: str = ""
    figures: tuple[str, ...] = ()
    words_in: int = 0
    words_out: int = 0
    numbers: int = 0
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    lost: str = ""
    added: str = ""
    left_out: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every word is accounted for."""
        return not self.lost and not self.added

    @property
    def is_clear(self) -> bool:
        """Whether the text can be announced as it is."""
        return self.is_complete and not self.unread

    def as_data(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Account":
        """Return what `as_data` wrote, after it was JSON."""
        lists = {name: tuple(data[name]) for name in ("figures", "unread", "remarks")}
        return cls(**data | lists | {"changes": tuple((what, words) for what, words in data["changes"])})


def account_of(report: Report) -> Account:
    """Return what a page shows of a report."""
    lines = (report.unread, report.remarks, report.changes)
    return Account(
        kind=report.kind,
        encoding=report.encoding,
        figures=tuple(counted(getattr(report, figure), words) for figure, words in FIGURES.items()),
        words_in=report.words_in,
        words_out=report.words_out,
        numbers=report.numbers,
        unread=report.unread[:MOST],
        remarks=report.remarks[:MOST],
        changes=tuple((_first_letter_up(str(change)), sample(change.words)) for change in report.changes[:MOST]),
        lost=sample(report.unexplained),
        added=sample(report.unexplained_additions),
        left_out=sum(max(len(each) - MOST, 0) for each in lines),
    )


def _first_letter_up(words: str) -> str:
    return words[:1].upper() + words[1:]
