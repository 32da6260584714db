"""What somebody has looked at, as a token in the form: whatever changed since is told to them in words."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.core import signing

from accounts.values.wording import day_in_words, moment_in_words
from policies.desk.look.looking import Look
from policies.versions.proposals import facts_of_proposal

SALT = "policies.desk.look"
# How each fact of a proposal is called, where it is said that it changed.
NAMES = {
    "text": "the text",
    "struck": "which words are struck through",
    "title": "the title",
    "slug": "the address",
    "significance": "whether it is an amendment",
    "change_summary": "the words on what changes and why",
    "kinds": "the kinds of change",
    "short_notice_because": "the reason for short notice",
    "effective_from": "the day asked for",
    "scheduled_for": "the time at which it is announced by itself",
    "announced_elsewhere": "when it was announced elsewhere",
    "tell_of_first": "whether people are told of the first version",
    "tell_newcomers": "whether newcomers are told, too",
    "tell_of_correction": "whether people are told of it by mail",
    "always_because": "why everybody is told",
    "about_personal_data": "whether it is about personal data",
    "asking": "what people are asked to agree to",
    "links_because": "the reason for links that lead nowhere",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a token holds: plain values of JSON, and of each fact only a digest."""

    page: int
    revision: int
    day: str
    number: str
    sequence: int
    facts: dict[str, str]


def token_of(look: Look) -> str:
    """Return what the form says was looked at: revision, digest of everything, day in force and number."""
    return signing.dumps(asdict(_seen(look)), salt=SALT, compress=True)


def changes_since(token: str, look: Look) -> list[str]:
    """Return what is different now from what a token says was looked at, a sentence for each; empty if nothing is.

    Args:
        token: from `token_of`, by way of a form.
        look: as things stand now; the caller holds the lock on the page's row if they must stay so.
    """
    try:
        seen = Seen(**signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError):
        return ["The form was not complete. Please look at this page and confirm it."]
    now = _seen(look)
    if seen == now:
        return []
    if seen.page != now.page:
        return ["The form was about another policy."]
    return list(_differences(seen, now, look)) or [f"The draft was saved again{_by_whom(look)}, without a change."]


def _differences(seen: Seen, now: Seen, look: Look) -> Iterator[str]:
    for name, fact in now.facts.items():
        if seen.facts.get(name) != fact:
            words = NAMES.get(name, name)
            yield f"{words[0].upper()}{words[1:]} was changed{_by_whom(look)}."
    if (seen.number, seen.sequence) != (now.number, now.sequence):
        yield f"It would now become version {now.number}, no longer {seen.number}."
    if seen.day != now.day:
        yield f"It would now be in force from {day_in_words(look.version.effective_from)}."


def _seen(look: Look) -> Seen:
    version = look.version
    return Seen(
        page=look.page.pk,
        revision=look.revision.pk,
        day=version.effective_from.isoformat(),
        number=version.number,
        sequence=version.sequence,
        facts={name: _short(fact) for name, fact in facts_of_proposal(look.proposal).items()},
    )


def _short(fact: object) -> str:
    return hashlib.sha256(json.dumps(fact, sort_keys=True).encode()).hexdigest()[:32]


def _by_whom(look: Look) -> str:
    by = f" by {look.revision.user}" if look.revision.user else ""
    return f"{by}, saved on {moment_in_words(look.revision.created_at)}"
