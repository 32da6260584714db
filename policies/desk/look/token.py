"""What somebody has looked at, as a token in the form: whatever changed since is told to them in words."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import day_in_words, moment_in_words
from policies.desk.look.looking import Look
from policies.versions.proposals import facts_of_proposal

SALT = "policies.desk.look"
# How each fact of a proposal is called, where it is said that it changed.
NAMES = {
    "text": _("the text"),
    "struck": _("which words are struck through"),
    "title": _("the title"),
    "slug": _("the address"),
    "significance": _("whether it is an amendment"),
    "change_summary": _("the words on what changes and why"),
    "kinds": _("the kinds of change"),
    "short_notice_because": _("the reason for short notice"),
    "effective_from": _("the day asked for"),
    "scheduled_for": _("the time at which it is announced by itself"),
    "announced_elsewhere": _("when it was announced elsewhere"),
    "tell_of_first": _("whether people are told of the first version"),
    "tell_newcomers": _("whether newcomers are told, too"),
    "tell_of_correction": _("whether people are told of it by mail"),
    "always_because": _("why everybody is told"),
    "about_personal_data": _("whether it is about personal data"),
    "asking": _("what people are asked to agree to"),
    "links_because": _("the reason for links that lead nowhere"),
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
        return [gettext("The form was not complete. Please look at this page and confirm it.")]
    now = _seen(look)
    if seen == now:
        return []
    if seen.page != now.page:
        return [gettext("The form was about another policy.")]
    return list(_differences(seen, now, look)) or [
        _of_draft(
            look,
            gettext("The draft was saved again by %(user)s, saved on %(moment)s, without a change."),
            gettext("The draft was saved again, saved on %(moment)s, without a change."),
        )
    ]


def _differences(seen: Seen, now: Seen, look: Look) -> Iterator[str]:
    for name, fact in now.facts.items():
        if seen.facts.get(name) != fact:
            words = str(NAMES.get(name, name))
            yield _of_draft(
                look,
                gettext("%(what)s was changed by %(user)s, saved on %(moment)s."),
                gettext("%(what)s was changed, saved on %(moment)s."),
                what=f"{words[0].upper()}{words[1:]}",
            )
    if (seen.number, seen.sequence) != (now.number, now.sequence):
        yield gettext("It would now become version %(number)s, no longer %(before)s.") % {
            "number": now.number,
            "before": seen.number,
        }
    if seen.day != now.day:
        yield gettext("It would now be in force from %(day)s.") % {"day": day_in_words(look.version.effective_from)}


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


def _of_draft(look: Look, by_somebody: str, by_nobody: str, **facts: str) -> str:
    """Return what became of the draft, in the words for one that a person saved or in those for any other."""
    saved = look.revision
    words = by_somebody if saved.user else by_nobody
    return words % {"user": saved.user, "moment": moment_in_words(saved.created_at), **facts}
