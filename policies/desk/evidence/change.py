"""The part of the evidence that says what a version changed: its words, and the redline as a page of its own."""

from collections.abc import Iterable, Iterator

from django.template.loader import render_to_string

from accounts.personal_data.archive.zipping import File, in_pieces
from accounts.personal_data.collecting import let_go_of_the_database
from accounts.values.country import ITS_CLOCKS
from accounts.values.wording import day_in_words, moment_in_words
from policies.desk.evidence.proof import whole
from policies.reading.contexts import redline_context
from policies.versions.announcing import FIRST_CHAIN, chained_facts
from policies.versions.models import PolicyVersion

# What is said in words of its own, or stands in other files.
SAID = {
    "previous", "slug", "sequence", "number", "significance", "change_summary", "effective_from", "announced_at",
    "recorded_at", "title", "content", "digest", "kinds",
}  # fmt: skip


def change_in(version: PolicyVersion, amended: PolicyVersion | None) -> Iterator[File]:
    """Yield what a version changed.

    Args:
        version: without its text.
        amended: the version that it amended, without its text; None for a first one.
    """
    yield File(
        "summary.txt", "what changed and why, in the words that readers see", lambda: in_pieces(_summary(version.pk))
    )
    if amended:
        about = f"every change from version {amended.number}, to be read in a browser"
        yield File("redline.html", about, lambda: _redline(version.pk, amended.pk))


def _summary(pk: int) -> Iterator[str]:
    version = PolicyVersion.objects.defer("text").get(pk=pk)
    let_go_of_the_database()
    yield f"{version.title}, version {version.number}\n\n"
    yield f"Significance: {version.get_significance_display()}\n"
    elsewhere = " in another place" if version.recorded_at else ""
    yield f"Announced: {moment_in_words(version.announced_at)} ({ITS_CLOCKS}){elsewhere}\n"
    if version.recorded_at:
        yield f"Recorded here: {moment_in_words(version.recorded_at)} ({ITS_CLOCKS})\n"
    yield f"In force from: {day_in_words(version.effective_from)}\n"
    if version.kinds:
        yield f"Kinds of change: {'; '.join(version.kinds_in_words)}\n"
    facts = chained_facts(version, FIRST_CHAIN)
    yield from (f"{_heading(name)}: {_said(facts[name])}\n" for name in facts if name not in SAID)
    yield f"Digest (SHA-256 of the text): {version.digest}\n\n"
    yield f"What changed, and why:\n{version.change_summary or 'It is the first version.'}\n"


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _redline(pk: int, amended: int) -> Iterable[bytes]:
    versions = PolicyVersion.objects.defer("text").in_bulk([pk, amended])
    let_go_of_the_database()
    old, new = versions[amended], versions[pk]
    context = {"old": old, "new": new, **redline_context(old.document, new.document)}
    return whole(render_to_string("policies/desk/evidence/redline.html", context))
