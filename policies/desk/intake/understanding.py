"""Reads an uploaded document as far as it can be read without asking, and says what must be decided."""

from dataclasses import replace

from django.utils.translation import gettext

from policies.desk.intake.accounting import account_of
from policies.desk.intake.carrying import CarriedDocument, CarriedFile
from policies.texts.importing import WithoutSections, read_policy_data
from policies.texts.importing.struck import Choice, StruckWords
from policies.writing.models import PolicyPage
from policies.writing.newest_draft import said_when


class Undecided(Exception):
    """The file can be read once something is decided; `file` says what."""

    def __init__(self, file: CarriedFile) -> None:
        super().__init__(gettext("%(name)s needs a decision.") % {"name": file.name})
        self.file = file


def understand(
    file: CarriedFile, page: PolicyPage | None, *, struck: Choice | None = None, one_section: str = ""
) -> CarriedDocument:
    """Return the text of a file, with an account of its words and what is there of the policy at this moment.

    Args:
        file: as it was uploaded.
        page: the policy it is for; None for a new one.
        struck: what was decided about struck-through words.
        one_section: the heading for a text that has none.

    Raises:
        Undecided: it has struck-through words, or no headings, and nothing was decided.
        UnreadablePolicy: it cannot be read; with a sentence for the person who chose it.
    """
    try:
        imported = read_policy_data(
            file.name,
            file.data,
            file.title,
            sentence_case=file.sentence_case,
            struck=struck,
            one_section=one_section,
        )
    except StruckWords as found:
        raise Undecided(replace(file, places=found.places)) from found
    except WithoutSections as found:
        raise Undecided(replace(file, headless=True)) from found
    draft, newest = seen_of(page)
    return CarriedDocument(imported.document, account_of(imported.report), draft, newest)


def seen_of(page: PolicyPage | None) -> tuple[str, int | None]:
    """Return when a policy's newest draft was saved, and the sequence of its newest version; 0 where there is none."""
    if page is None:
        return "", None
    newest = page.versions.order_by("-sequence").values_list("sequence", flat=True).first()
    return said_when(page.latest_revision_created_at), newest or 0
