"""Finds what was left unfinished: placeholders, typed dates that the site computes, headings without a text."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.desk.checking.draft import Draft, Remark, Rule, at, excerpt
from policies.reading.layout import section_address
from policies.texts.document import plain_text

_SLOT = (
    r"insert|your|company|organisation|organization|business|name|date|address|e-?mail|website|url|product|country"
    r"|contact|telephone|phone|number|day|month|year|amount|list|describe|details|officer"
)
PLACEHOLDERS = re.compile(
    r"\b(?:TODO|TBD|TBC|TBA|FIXME|XXX+)\b"
    r"|(?i:\blorem ipsum\b)"
    rf"|(?i:\[[^\]\[]{{0,60}}\b(?:{_SLOT})\b[^\]\[]{{0,60}}\])"
    rf"|(?i:[<«‹{{]{{1,2}}[^>»›}}]{{0,40}}\b(?:{_SLOT})\b[^>»›}}]{{0,40}}[>»›}}]{{1,2}})"
    r"|\{\{[^{}]{1,60}\}\}"
    r"|(?i:\binsert (?:the |your |an? )?[a-z ]{2,40} here\b)"
    r"|_{4,}|\bdd/mm/yyyy\b|(?i:\byour company(?: name)?(?= (?:ltd|limited|inc)\b))"
)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{_MONTH},? \d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_OF_THE_VERSION = (
    r"(?:last |most recently |was |is )?(?:updated|revised|amended|reviewed|modified)(?: on| in| at)?"
    r"|effective(?: date| as of| as from| from| since| on)?"
    r"|date of (?:last (?:update|revision)|issue|this (?:policy|version))"
    r"|(?:comes?|came|coming) into (?:force|effect)(?: on)?|in force (?:from|since)|takes? effect(?: on| from)?"
    r"|version date|(?:policy|version) dated|valid (?:from|since|as of)|applies (?:from|since)"
)
TYPED_DATES = re.compile(rf"\b(?:{_OF_THE_VERSION})\s*[:–-]?\s*(?:the )?({_DAY})", re.IGNORECASE)
TYPED_NUMBERS = re.compile(r"\b(?:this is version|version(?: number| no\.?)?:)\s*v?\d+(?:\.\d+)*", re.IGNORECASE)


def placeholders(draft: Draft) -> Iterator[Remark]:
    for passage in draft.passages:
        for found in PLACEHOLDERS.finditer(passage.text):
            yield at(passage, f"“{excerpt(passage.text, *found.span(), around=20)}”")


def typed_dates(draft: Draft) -> Iterator[Remark]:
    """Find days and numbers of the version itself; days of laws, of events and of other texts are left alone."""
    for passage in draft.passages:
        for pattern in (TYPED_DATES, TYPED_NUMBERS):
            for found in pattern.finditer(passage.text):
                yield at(passage, f"“{excerpt(passage.text, *found.span(), around=15)}”")


def empty_headings(draft: Draft) -> Iterator[Remark]:
    """Remark sections without a heading, and headings with nothing under them."""
    for number, section in enumerate(draft.document.sections, 1):
        heading, address = plain_text(section.heading), section_address(number, section.anchor)
        if not heading.strip():
            yield Remark(
                gettext("section %(number)s") % {"number": number}, gettext("The section has no heading."), address
            )
        if not section.blocks:
            yield Remark(
                gettext("section %(number)s") % {"number": number},
                gettext("Nothing stands under “%(heading)s”.") % {"heading": heading},
                address,
            )


PLACEHOLDER = Rule(
    "placeholder",
    _("A placeholder is left in the text"),
    _("Write what belongs there, or take it out."),
    placeholders,
)
TYPED_DATE = Rule(
    "typed-date",
    _("A date or number of the version is typed"),
    _(
        "Take it out: the page shows the number, the day of announcing and the days in force, and they are "
        "always right."
    ),
    typed_dates,
)
EMPTY_HEADING = Rule(
    "empty-heading",
    _("A heading without a text"),
    _("Write the section, or take it out."),
    empty_headings,
)
