"""The part of the evidence that anybody can compute again: the text, its digest, and the chain from the first version.

Each version is read when its file is written, and no connection to the database is held meanwhile.
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from django.core.serializers.json import DjangoJSONEncoder

from accounts.personal_data.archive.zipping import File
from accounts.personal_data.collecting import let_go_of_the_database
from policies.reading.machine_readable import version_json
from policies.versions.announcing import FIRST_CHAIN, chained_facts
from policies.versions.models import PolicyVersion

CHECK: Final = Path(__file__).with_name("check.py")


def as_json(value: object) -> str:
    """Return JSON for people and machines: the same for the same facts."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def whole(text: str) -> Iterable[bytes]:
    return [text.encode()]


def proof_of(version: PolicyVersion) -> Iterator[File]:
    """Yield the files that prove what was announced, in the order of README.txt.

    Args:
        version: without its text, which is read when its turn comes.
    """
    yield File("check.py", "recomputes every checksum, digest and link of the chain", lambda: [CHECK.read_bytes()])
    title = f"{version.title}, version {version.number}"
    yield File("text.txt", f"{title}: the canonical text, whose SHA-256 is its digest", partial(_text, version.pk))
    yield File("version.json", "the same with its structure and all frozen facts, as the site shows it", _json(version))
    for pk, number, name in _chain_names(version):
        yield File(f"{name}.json", f"the facts of version {number} that the chain covers", partial(_link, pk))
        yield File(f"{name}.txt", f"the canonical text of version {number}", partial(_text, pk))


def _chain_names(version: PolicyVersion) -> Iterator[tuple[int, str, str]]:
    versions = PolicyVersion.objects.filter(page=version.page_id, sequence__lte=version.sequence)
    for pk, sequence, major, minor in versions.order_by("sequence").values_list("pk", "sequence", "major", "minor"):
        yield pk, f"{major}.{minor}", f"chain/{sequence:05}-{major}.{minor}"


def _text(pk: int) -> Iterable[bytes]:
    text = PolicyVersion.objects.values_list("text", flat=True).get(pk=pk)
    let_go_of_the_database()
    return whole(text)


def _before(version: PolicyVersion) -> PolicyVersion | None:
    """Return the version announced before, withdrawn or not: the chain follows it."""
    before = PolicyVersion.objects.outline().filter(page=version.page_id, sequence__lt=version.sequence)
    return before.order_by("-sequence").first()


def _link(pk: int) -> Iterable[bytes]:
    version = PolicyVersion.objects.defer("text").get(pk=pk)
    before = _before(version)
    let_go_of_the_database()
    facts = chained_facts(version, before.chain if before else FIRST_CHAIN)
    return whole(as_json({"facts": facts, "chain": version.chain}))


def _json(version: PolicyVersion) -> "partial[Iterable[bytes]]":
    return partial(_version_json, version.pk)


def _version_json(pk: int) -> Iterable[bytes]:
    version = PolicyVersion.objects.defer("text").get(pk=pk)
    before = _before(version)
    let_go_of_the_database()
    return whole(as_json(version_json(version, before)))
