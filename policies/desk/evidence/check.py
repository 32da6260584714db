"""Checks this evidence. In the folder into which you unpacked it: python3 check.py (Python 3.9 and nothing else)."""

import datetime
import hashlib
import json
import pathlib
import sys
from collections.abc import Iterator


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def files(here: pathlib.Path) -> Iterator[str]:
    """Every file is there, none is there besides, and each is as it was packed."""
    listed = {line[66:]: line[:64] for line in (here / "SHA256SUMS").read_text("utf-8").splitlines()}
    found = {path.relative_to(here).as_posix(): path for path in here.rglob("*") if path.is_file()}
    there = {name: path for name, path in found.items() if name != "SHA256SUMS" and "/." not in f"/{name}"}
    for name in sorted(listed.keys() | there.keys()):
        if name not in there or name not in listed:
            yield f"{name} is {'missing' if name in listed else 'not in SHA256SUMS'}"
        elif sha256(there[name].read_bytes()) != listed[name]:
            yield f"{name} is not as it was packed"


def chain(here: pathlib.Path) -> Iterator[str]:
    """Each version has the digest of its text, and the chain covers its facts and the chain of the one before."""
    before, facts = "0" * 64, {}
    for link in sorted((here / "chain").glob("*.json")):
        data = json.loads(link.read_text("utf-8"))
        facts = data["facts"]
        packed = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
        if facts["previous"] != before or sha256(packed) != data["chain"]:
            yield f"chain/{link.name} does not follow from its facts and the version before"
        if sha256(link.with_suffix(".txt").read_bytes()) != facts["digest"]:
            yield f"chain/{link.with_suffix('.txt').name} does not have the digest of its version"
        before = data["chain"]
    version = json.loads((here / "version.json").read_text("utf-8"))
    said = {"slug": version["policy"], "content": version["document"], **version, "previous": facts["previous"]}
    for moment in ("announced_at", "recorded_at"):
        iso = said[moment] and datetime.datetime.fromisoformat(said[moment].replace("Z", "+00:00"))
        said[moment] = iso and int(iso.timestamp())
    for name in sorted(facts):
        if name in said and said[name] != facts[name]:
            yield f"version.json says something else than the chain: {name}"
    if version["chain"] != before or (version["previous"] or {}).get("chain", "0" * 64) != facts["previous"]:
        yield "version.json does not have the chain of its version"
    if sha256((here / "text.txt").read_bytes()) != facts["digest"]:
        yield "text.txt does not have the digest of its version"


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent
    problems: list[str] = []
    for look in (files, chain):
        try:
            problems += look(here)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            problems.append(f"the {look.__name__} cannot be read: {error!r}")
    sys.stdout.write("\n".join(problems or ["Every file is as it was packed, and the chain holds."]) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
