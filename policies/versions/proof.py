"""Proves that every announced version is as it was announced: digests, chain, order, and nothing missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from wagtail.models import Page, PageLogEntry

from policies.texts.document import DocumentError, canonical_text, digest_of, from_json
from policies.versions.announcing import FIRST_CHAIN, chain_of, next_number
from policies.versions.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was announced."""

    policy: str
    number: str
    what: str

    def __str__(self) -> str:
        return f"{self.policy} {self.number}: {self.what}"


def verify_versions(slug: str | None = None) -> Iterator[Problem]:
    """Yield everything that differs, policy by policy; a few versions in memory at a time.

    Args:
        slug: only this policy; None for all.
    """
    versions = PolicyVersion.objects.order_by("page", "sequence")
    if slug:
        versions = versions.of(slug)
    for _, of_one in groupby(versions.iterator(chunk_size=50), key=lambda version: version.page_id):
        yield from _verify_policy(of_one)
    yield from _verify_log(slug)


def _verify_policy(versions: Iterator[PolicyVersion]) -> Iterator[Problem]:
    before: PolicyVersion | None = None
    for version in versions:
        for what in (*_text_problems(version), *_order_problems(version, before)):
            yield Problem(version.slug, version.number, what)
        before = version


def _text_problems(version: PolicyVersion) -> Iterator[str]:
    if digest_of(version.text) != version.digest:
        yield "the text does not have the digest it was announced with"
    try:
        document = from_json(version.content)
    except DocumentError as error:
        yield f"the structured text cannot be read: {error}"
        return
    if canonical_text(document) != version.text:
        yield "the structured text and the plain text say different things"


def _order_problems(version: PolicyVersion, before: PolicyVersion | None) -> Iterator[str]:
    expected = before.sequence + 1 if before else 1
    if version.sequence != expected:
        yield f"a version is missing before it: this is the {version.sequence}th, the {expected}th was expected"
    elif (version.major, version.minor) != next_number(before, version.significance):
        yield "its number does not follow from the version before"
    if version.chain != chain_of(version, before.chain if before else FIRST_CHAIN):
        yield "the chain is broken: this version, or one before it, is not as it was announced"
    if before and version.announced_at < before.announced_at:
        yield f"it was announced before version {before.number}"
    if version.withdrawn_at and version.withdrawn_at < version.announced_at:
        yield "it was withdrawn before it was announced"


def _verify_log(slug: str | None) -> Iterator[Problem]:
    """Look for versions that the log knows and the table does not: a chain cannot miss its last link."""
    chains = {version.chain for version in PolicyVersion.objects.only("chain", "page_id")}
    slugs = dict(Page.objects.values_list("pk", "slug"))
    for entry in PageLogEntry.objects.filter(action="policies.announce").order_by("timestamp"):
        name = slugs.get(entry.page_id, entry.label)
        if entry.data["chain"] not in chains and (slug is None or slug == name):
            yield Problem(name, entry.data["number"], "the log says that it was announced, but it is not there")
