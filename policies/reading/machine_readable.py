"""A version for machines: its JSON, and what search engines are told of it."""

from accounts.values.language import site_language
from policies.reading.full_addresses import absolute
from policies.versions.asking import facts_of
from policies.versions.kept_register import KeptRegister
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


def dpv_json(version: PolicyVersion, kept: KeptRegister, controller: str) -> Json:
    """Return what was held about people when a version was announced, as JSON-LD in the terms of DPV 2.

    The version is the notice that speaks of it. https://w3id.org/dpv; a report of a community group, no standard.
    """
    address = absolute("policies:version", version.slug, version.number)
    here = absolute("policies:dpv", version.slug, version.number)
    return {
        "@context": {
            "@base": here,
            "dpv": "https://w3id.org/dpv#",
            "dct": "http://purl.org/dc/terms/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        },
        "@id": here,
        "@type": "dpv:Process",
        "dct:title": f"What {version.title} {version.number} is about",
        "dct:issued": version.announced_on,
        "dct:conformsTo": {"@id": "https://w3id.org/dpv"},
        "dpv:hasDataController": {"@type": "dpv:DataController", "rdfs:label": controller},
        "dpv:hasDataSubject": {"@type": "dpv:DataSubject", "rdfs:label": "People who use this website"},
        "dpv:hasNotice": {
            "@id": address,
            "@type": "dpv:PrivacyNotice",
            "dct:title": version.title,
            "dct:identifier": f"sha256:{version.digest}",
        },
        "dpv:hasProcess": kept.processes,
    }


def machine_links(version: PolicyVersion) -> str:
    """Return a Link header (RFC 8288) that leads from the page of a version to its other forms, and to what it says."""
    here = version.slug, version.number
    found = [
        f'<{absolute("policies:text", *here)}>; rel="alternate"; type="text/plain"',
        f'<{absolute("policies:json", *here)}>; rel="alternate"; type="application/json"',
        f'<{absolute("policies:policy_feed", version.slug)}>; rel="alternate"; type="application/atom+xml"',
    ]
    if getattr(version, "has_register", False):
        found.append(f'<{absolute("policies:dpv", *here)}>; rel="describedby"; type="application/ld+json"')
    return ", ".join(found)


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
        "inLanguage": version.content.get("lang") or site_language(),
        "datePublished": version.announced_on,
        "identifier": f"sha256:{version.digest}",
        "exampleOfWork": {"@type": "CreativeWork", "@id": absolute("policies:policy", version.slug)},
    }
    if version.change_summary:
        data["abstract"] = version.change_summary
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    return data
