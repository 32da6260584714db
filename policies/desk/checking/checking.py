"""Checks a draft by all rules: what the editor, the preview and the page before an announcement show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.values.regulator import regulator_on
from policies.desk.checking import article13, links, promises, readability, sameness, unfinished
from policies.desk.checking.draft import Draft, Remark, Rule
from policies.versions.models import PolicyVersion
from policies.writing import previews

RULES: tuple[Rule, ...] = (
    links.RULE,
    unfinished.PLACEHOLDER,
    promises.RULE,
    article13.RULE,
    unfinished.TYPED_DATE,
    unfinished.EMPTY_HEADING,
    links.PLACE,
    sameness.RULE,
    readability.RULE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found in a draft. `stops`: the draft is not announced as it is."""

    rule: Rule
    remark: Remark
    stops: bool


def draft_of(page: previews.Draft) -> Draft:
    """Return a policy's page, as it stands in memory, as the checks need it."""
    return draft_after(PolicyVersion.objects.newest_kept(page.pk) if page.pk else None, page)


def draft_after(kept: PolicyVersion | None, page: previews.Draft) -> Draft:
    """Return the same, where the newest version that was not withdrawn is known."""
    return Draft(
        page.document,
        page.slug or "",
        page.about_personal_data,
        kept.document if kept else None,
        kept.number if kept else "",
        page.links_because or "",
        regulator_on(page.effective_from or timezone.localdate()),
    )


def check(draft: Draft, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return what the rules find in a draft: what stops it first, then in the order of the rules and of the text."""
    found = [
        Finding(rule, remark, stops=rule.stops and not draft.links_because.strip())
        for rule in rules
        for remark in rule.find(draft)
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def remark_on(page: previews.Draft) -> list[Finding]:
    """Return what a preview shows of the checks."""
    return check(draft_of(page))
