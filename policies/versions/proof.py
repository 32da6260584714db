"""Proves that every announced version is as it was announced: digests, chain, order, log, and nothing missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from wagtail.models import Page

from policies.texts.document import DocumentError, canonical_text, digest_of, from_json
from policies.versions.announcing import FIRST_CHAIN, chain_of, next_number
from policies.versions.log import compare, read_log, without_a_version
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
    versions = PolicyVersion.objects.select_related("revision").defer("revision__content").order_by("page", "sequence")
    if slug:
        versions = versions.of(slug)
    for _, of_one in groupby(versions.iterator(chunk_size=50), key=lambda version: version.page_id):
        yield from _verify_policy(of_one)
    yield from _verify_log(slug)


def _verify_policy(versions: Iterator[PolicyVersion]) -> Iterator[Problem]:
    before: PolicyVersion | None = None
    for version in versions:
        for problems in (_text_problems(version), _order_problems(version, before), _time_problems(version)):
            yield from (Problem(version.slug, version.number, what) for what in problems)
        before = version


def _text_problems(version: PolicyVersion) -> Iterator[str]:
    if version.revision.object_id != str(version.page_id):
        yield "its draft is that of another page"
    if digest_of(version.text) != version.digest:
        yield "the text does not have the digest it was announced with"
    try:
        text = canonical_text(from_json(version.content))
    except DocumentError as error:
        yield f"the structured text cannot be read: {error}"
        return
    if text != version.text:
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


def _time_problems(version: PolicyVersion) -> Iterator[str]:
    now = timezone.now()
    if version.announced_at > now or (version.recorded_at and version.recorded_at > now):
        yield "it was announced in the future"
    if version.effective_from < version.announced_on:
        yield "it came into force before it was announced"
    if version.withdrawn_at is None:
        return
    if version.withdrawn_at < (version.recorded_at or version.announced_at) or version.withdrawn_at > now:
        yield "it was withdrawn before it was announced, or in the future"
    if timezone.localdate(version.withdrawn_at) >= version.effective_from:
        yield "it was withdrawn when it had come into force"


def _verify_log(slug: str | None) -> Iterator[Problem]:
    log, versions = read_log(), list(PolicyVersion.objects.outline())
    for version, what in compare(log, versions):
        if slug in {None, version.slug}:
            yield Problem(version.slug, version.number, what)
    slugs = dict(Page.objects.values_list("pk", "slug")) | {one.page_id: one.slug for one in versions}
    for entry, what in without_a_version(log, versions):
        name = slugs.get(entry.page, entry.label)
        if slug in {None, name}:
            yield Problem(name, entry.number, what)
