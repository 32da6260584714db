"""What a privacy policy must tell people when their data is collected from them: `LAW.COLLECTING`.

The words of a section are searched for what usually answers a subject. That finds what is missing, not what is wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.country import COUNTRY
from accounts.values.regulator import Regulator
from accounts.values.wording import Words
from policies.desk.checking.draft import INTRODUCTION, WHOLE, Draft, Passage, Remark, Rule

_PRIVACY = re.compile(r"\bprivacy\b|\bdata[ -]protection\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to be told. `words` are searched in each section; all of them must be there.

    `only_if` says, in words, when it must be told at all; `when` finds in the whole text that it must. A subject with
    the first and not the second is never called missing.
    """

    title: Words
    law: str
    words: tuple[str, ...]
    only_if: Words = ""
    when: str = ""


SUBJECTS = (
    Subject(_("Who is the controller"), "13(1)(a)", (r"\bcontrollers?\b|\bwho we are\b",)),
    Subject(_("How to reach the controller"), "13(1)(a)", (r"\S@\S|\bwrite to us\b|\bcontact us\b",)),
    Subject(
        _("How to reach the data protection officer"),
        "13(1)(b)",
        (r"\bdata protection officer\b|\bDPO\b",),
        only_if=_("you have one"),
    ),
    Subject(_("What the data is used for"), "13(1)(c)", (r"\bpurposes?\b|\bwhy we (?:use|hold|need)|\bhow we use\b",)),
    Subject(
        _("The lawful basis"),
        "13(1)(c)",
        (r"\b(?:lawful|legal) bas[ie]s\b|\blegal grounds?\b|\barticle 6\b|\((?:consent|contract|legal obligation)\)",),
    ),
    Subject(
        _("Which legitimate interests"),
        "13(1)(d)",
        (r"\blegitimate interests?\b",),
        only_if=_("they are the lawful basis"),
    ),
    Subject(
        _("Who receives it"),
        "13(1)(e)",
        (r"\bshar(?:e|ed|ing)\b|\bdisclos|\brecipients?\b|\breceives? (?:it|your|them)\b|\bpass(?:ed)? (?:it|your)",),
    ),
    Subject(
        _("Whether it goes abroad, and how it is protected there"),
        "13(1)(f)",
        (
            rf"\boutside (?:of )?the (?:{'|'.join(COUNTRY.CALLED)})\b|\babroad\b|\b(?:another|other|third) countr"
            r"|\binternational transfers?\b|\boverseas\b",
        ),
    ),
    Subject(
        _("How long it is kept"),
        "13(2)(a)",
        (r"\bhow long\b|\bretention\b|\b(?:keep|kept)\b.{0,80}\b(?:days?|months?|years?)\b",),
    ),
    Subject(_("The right of access"), "13(2)(b)", (r"\baccess\b|\bcopy of (?:the|your)",)),
    Subject(_("The right to correction"), "13(2)(b)", (r"\bcorrect|\brectif",)),
    Subject(_("The right to erasure"), "13(2)(b)", (r"\beras|\bdelet",)),
    Subject(_("The right to restriction"), "13(2)(b)", (r"\brestrict",)),
    Subject(_("The right to object"), "13(2)(b)", (r"\bobject(?:ion|s|ing)?\b",)),
    Subject(_("The right to portability"), "13(2)(b)", (r"\bportab|\b(?:form|format) that a computer can read",)),
    Subject(
        _("That consent can be taken back at any time"),
        "13(2)(c)",
        (r"\bconsent\b", r"\bwithdraw|\btak(?:e|ing)\b.{0,40}\bback\b|\brevok"),
        only_if=_("anything rests on consent"),
        when=r"\b(?:your|explicit) consent\b|\(consent\)",
    ),
    Subject(
        _("Whether people must give it, and what happens if they do not"),
        "13(2)(e)",
        (
            r"\b(?:have|need|required|obliged|obligation) to (?:give|provide|tell|supply)"
            r"|\bif you do not (?:give|provide)|\bwithout (?:it|them|what we need)\b",
        ),
    ),
    Subject(
        _("Whether decisions are made by machines alone"),
        "13(2)(f)",
        (r"\bautomat(?:ed|ic)|\bprofiling\b|\bdecisions? about you\b",),
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A section that answers a subject, by its words; `address` is its address on the page."""

    place: Words
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A subject with the places that answer it. `is_missing` where there is none and one is needed."""

    subject: Subject
    places: tuple[Place, ...]
    is_missing: bool


def is_privacy_policy(draft: Draft) -> bool:
    """Whether it is a privacy policy: about personal data, and called so in its title or address."""
    return draft.about_personal_data and bool(_PRIVACY.search(f"{draft.document.title} {draft.slug}"))


def answers(draft: Draft) -> list[Answer]:
    """Return each subject with the sections that answer it; nothing where it is no privacy policy, or not English."""
    if not is_privacy_policy(draft) or draft.document.lang.partition("-")[0] not in ("", "en"):
        return []
    sections = _sections(draft.passages)
    whole = " ".join(sections.values())
    return [_answer(subject, sections, whole) for subject in (*SUBJECTS, complaining(draft.regulator))]


def complaining(regulator: Regulator) -> Subject:
    """Return what is to be told of the regulator, by its name or by what people call it."""
    names = "|".join(rf"\b{re.escape(name)}\b" for name in regulator.spoken_of)
    return Subject(
        gettext("The right to complain to the %(name)s") % {"name": regulator.name}, "13(2)(d)", (r"\bcomplain", names)
    )


def _sections(passages: tuple[Passage, ...]) -> dict[Place, str]:
    found: dict[Place, list[str]] = {}
    number = 0
    for passage in passages:
        number += passage.line.kind == "heading"
        place = Place(gettext("section %(number)s") % {"number": number} if number else INTRODUCTION, passage.address)
        found.setdefault(place, []).append(passage.text)
    return {place: " ".join(texts) for place, texts in found.items()}


def _answer(subject: Subject, sections: dict[Place, str], whole: str) -> Answer:
    patterns = [re.compile(words, re.IGNORECASE) for words in subject.words]
    places = tuple(place for place, text in sections.items() if all(words.search(text) for words in patterns))
    needed = re.search(subject.when, whole, re.IGNORECASE) if subject.when else not subject.only_if
    return Answer(subject, places, is_missing=bool(needed) and not places)


def missing_subjects(draft: Draft) -> Iterator[Remark]:
    for answer in answers(draft):
        if answer.is_missing:
            yield Remark(
                WHOLE,
                gettext("%(title)s: Article %(law)s.") % {"title": answer.subject.title, "law": answer.subject.law},
            )


RULE = Rule(
    "article-13",
    _("A privacy policy must tell this"),
    _("Say it, even where the answer is “no”. If it is said in words that this check does not know, leave it."),
    missing_subjects,
)
