"""A version for machines: its JSON, and what search engines are told of it."""

from policies.reading.full_addresses import absolute
from policies.versions.asking import facts_of
from policies.versions.kinds import facts_of_kinds
from policies.versions.models import PolicyVersion

Json = dict[str, object]


def version_json(version: PolicyVersion, previous: PolicyVersion | None) -> Json:
    """Return everything frozen about a version: enough to compute its digest and its chain again.

    Keys: `policy` (slug), `number`, `sequence` (1, 2, 3 …), `significance` (amendment, correction or described),
    `change_summary`, `title`, `effective_from` (day), `announced_at` and `recorded_at` (UTC, whole seconds; the latter
    when it was recorded here, if announced elsewhere before, else null), `digest` (SHA-256 of the text), `chain`,
    `previous` (number, digest and chain of the version announced before, or null), `links`, `document` (title,
    preamble, sections); `asks` only where people are asked to agree: for what, whether also those who agreed to an
    earlier version, why, in how many days, and from which age; `kinds` of change and `short_notice_because` only where
    an amendment says so. Its standing is left out: that changes, and this never
    does; the page of the version says it.
    """
    return {
        "policy": version.slug,
        "number": version.number,
        "sequence": version.sequence,
        "significance": version.significance,
        "change_summary": version.change_summary,
        "title": version.title,
        "effective_from": version.effective_from,
        "announced_at": version.announced_at,
        "recorded_at": version.recorded_at,
        "digest": version.digest,
        "chain": version.chain,
        "previous": previous and {"number": previous.number, "digest": previous.digest, "chain": previous.chain},
        "links": _links(version),
        "document": version.content,
        **facts_of(version),
        **facts_of_kinds(version),
    }


def _links(version: PolicyVersion) -> Json:
    here = version.slug, version.number
    return {
        "page": absolute("policies:version", *here),
        "text": absolute("policies:text", *here),
        "policy": absolute("policies:policy", version.slug),
        "versions": absolute("policies:versions", version.slug),
    }


def linked_data(version: PolicyVersion, publisher: str) -> Json:
    """Return the version as schema.org has it (https://schema.org/DigitalDocument)."""
    address = absolute("policies:version", version.slug, version.number)
    data: Json = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": address,
        "url": address,
        "name": version.title,
        "version": version.number,
        "inLanguage": version.content.get("lang") or "en-GB",
        "datePublished": version.announced_on,
        "identifier": f"sha256:{version.digest}",
        "exampleOfWork": {"@type": "CreativeWork", "@id": absolute("policies:policy", version.slug)},
    }
    if version.change_summary:
        data["abstract"] = version.change_summary
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    return data
