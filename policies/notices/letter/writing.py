"""Writes the mail of an amendment notice: what a version changes, when, where to read it, and what one can do."""

import datetime as dt
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import css_inline
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.values.colours import DEFAULT, Palette
from accounts.values.language import site_language
from accounts.values.mail_address import read_address
from accounts.values.regulator import FIRST, Regulator
from policies.notices.letter.message import FrozenMessage, header_text, mailbox, sentinels
from policies.texts.document import clean_text
from policies.versions.models import PolicyVersion

COLUMNS = 72
# How often each slot stands in a mail; a template that has lost one cannot be sent.
EXPECTED = {"to": 1, "date": 1, "message_id": 1}
IF_OPTIONAL = {"unsubscribe": 3}  # header, text and HTML
IF_IT_ANSWERS = {"in_reply_to": 2}  # and References


class Occasion(StrEnum):
    """Why the mail goes out now."""

    ANNOUNCED = "announced"
    REMINDER = "reminder"
    IN_FORCE = "in-force"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who runs the site, and who is its regulator.

    `email` is where people can write to; `site_url` has no slash at its end.
    """

    name: str
    postal_address: tuple[str, ...]
    email: str
    site_url: str
    regulator: Regulator = FIRST
    colours: Palette = DEFAULT


@dataclass(frozen=True, slots=True)
class Link:
    """A line of words that leads somewhere; the plain text shows where."""

    label: str
    url: str

    @property
    def shown(self) -> str:
        return self.url.removeprefix("mailto:")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The mail that a letter answers. `reference` stands before and after a person's mark in its Message-ID."""

    sent_on: dt.date
    reference: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a letter says that corrects an earlier mail or takes it back.

    `words` are the editor's. `stands` is what is in force, and `coming` what comes after it, once a version is
    withdrawn.
    """

    earlier: Earlier
    words: str
    stands: PolicyVersion | None = None
    coming: Sequence[PolicyVersion] = ()

    @property
    def paragraphs(self) -> list[str]:
        return _paragraphs(self.words)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one notice says to everybody, and on what occasion."""

    version: PolicyVersion
    previous: PolicyVersion | None
    kind: Occasion
    optional: bool
    why_always: str
    sender: Sender
    about_personal_data: bool
    answer: FollowUp | None = None
    to_followers: bool = False

    @property
    def has_begun(self) -> bool:
        said_on = timezone.localdate() if self.answer else self.version.announced_on
        return self.kind == Occasion.IN_FORCE or self.version.effective_from <= said_on

    @property
    def summary(self) -> list[str]:
        """The editor's words, a paragraph for each line, without invisible characters that could mislead."""
        return [] if self.takes_back else _paragraphs(self.version.change_summary)

    @property
    def takes_back(self) -> bool:
        """Whether it says that the version was withdrawn."""
        return self.kind == Occasion.WITHDRAWAL

    @property
    def why_withdrawn(self) -> list[str]:
        return _paragraphs(self.version.withdrawn_reason)

    @property
    def kinds(self) -> str:
        """What kinds of change it makes: “new purpose, rights”; empty where the editor did not say."""
        return ", ".join(kind.lower() for kind in self.version.kinds_for_readers)

    @property
    def reading(self) -> list[Link]:
        """Where the change can be read, the reader's own redline first."""
        version, previous = self.version, self.previous
        new = self._page("policies:version", version.slug, version.number)
        if self.takes_back:
            policy = self._page("policies:policy", version.slug)
            return [
                Link(gettext("Read the policy as it stands"), policy),
                Link(gettext("The withdrawn version %(number)s") % {"number": version.number}, new),
            ]
        if previous is None:
            return [Link(gettext("Read version %(number)s") % {"number": version.number}, new)]
        own = f"{self._page('policies:changes', version.slug)}?to={version.number}"
        redline = self._page("policies:compare", version.slug, previous.number, version.number)
        signed_in = [] if self.to_followers else [Link(gettext("Sign in and see what is new to you"), own)]
        every_change = (
            gettext("See every change from version %(old)s to %(new)s")
            if self.to_followers
            else gettext("See every change from version %(old)s to %(new)s, without signing in")
        )
        return [
            *signed_in,
            Link(
                every_change % {"old": previous.number, "new": version.number},
                redline,
            ),
            Link(gettext("The new text, version %(number)s") % {"number": version.number}, new),
            Link(
                gettext("The old text, version %(number)s") % {"number": previous.number},
                self._page("policies:version", version.slug, previous.number),
            ),
        ]

    @property
    def objecting(self) -> list[Link]:
        email = self.sender.email
        writing = [Link(gettext("Write to us"), f"mailto:{email}")] if email else []  # the postal address stands below
        closing = [] if self.to_followers else [Link(gettext("Close your account"), self._page("accounts:close"))]
        regulator = self.sender.regulator
        complaining = [Link(gettext("Complain to the %(name)s") % {"name": regulator.name}, regulator.url)]
        return [*writing, *closing, *(complaining if self.about_personal_data else [])]

    def stopping(self, token: str) -> list[Link]:
        if not self.optional:
            return []
        if self.to_followers:
            return [Link(gettext("Stop these e-mails, and have the address deleted"), self.unsubscribe_url(token))]
        return [
            Link(gettext("Sign in and choose which e-mails you get"), self._page("accounts:preferences")),
            Link(gettext("Stop these e-mails, without signing in"), self.unsubscribe_url(token)),
        ]

    def unsubscribe_url(self, token: str) -> str:
        return self._page("policies:follow_leave" if self.to_followers else "accounts:unsubscribe", token)

    @property
    def following_url(self) -> str:
        """Where anybody can get such mail, without an account."""
        return self._page("policies:follow_all")

    def context(self, token: str) -> dict[str, object]:
        """Return what the templates of the mail are rendered with.

        Args:
            token: what stands in the link to unsubscribe.
        """
        return {
            "letter": self,
            "version": self.version,
            "previous": self.previous,
            "title": _one_line(self.version.title),
            "kind": self.kind,
            "answer": self.answer,
            "begun": self.has_begun,
            "sender": self.sender,
            "stopping": self.stopping(token),
        }

    def _page(self, name: str, *args: str) -> str:
        return f"{self.sender.site_url}{reverse(name, args=args)}"


def write(  # noqa: PLR0913  (each is a fact of its own)
    *,
    version: PolicyVersion,
    previous: PolicyVersion | None,
    kind: str,
    optional: bool,
    why_always: str,
    sender: Sender,
    notice_id: int,
    from_address: str,
    about_personal_data: bool = True,
    answer: FollowUp | None = None,
    to_followers: bool = False,
) -> FrozenMessage:
    """Write the notice of a version and freeze it.

    Everybody gets the same words, so the greeting names nobody. Slots: "to", "date", "message_id"; if optional,
    "unsubscribe"; if it answers an earlier mail, "in_reply_to".

    Args:
        version: what people are told of.
        previous: the version that this one amends; None for a first one.
        kind: the occasion.
        optional: whether the person can stop such mail.
        why_always: why it comes to people who cannot.
        sender: who runs the site.
        notice_id: the number of the notice, for the Message-ID.
        from_address: from where it is sent.
        about_personal_data: whether people can complain about it to the regulator of data protection.
        answer: what it says of an earlier mail that it corrects or takes back.
        to_followers: whether it goes to people who have no account.

    Raises:
        FreezingError: the templates and the slots do not agree.
        AddressRefused: no mail can be sent from `from_address`.
    """
    why = _one_line(why_always)
    letter = Letter(version, previous, Occasion(kind), optional, why, sender, about_personal_data, answer, to_followers)
    expected = EXPECTED | (IF_OPTIONAL if optional else {}) | (IF_IT_ANSWERS if answer else {})
    slots = sentinels(*expected)
    mail = _compose(letter, slots, notice_id, read_address(from_address).envelope)
    return FrozenMessage.freeze(mail, slots, expected)


def _compose(letter: Letter, slots: dict[str, str], notice_id: int, from_address: str) -> EmailMultiAlternatives:
    context = letter.context(slots.get("unsubscribe", ""))
    subject = _one_line(render_to_string("notices/letter/subject.txt", context))
    context["subject"] = subject
    return EmailMultiAlternatives(
        header_text(subject),
        _plain(render_to_string("notices/letter/message.txt", context)),
        mailbox(letter.sender.name, from_address),
        [slots["to"]],
        headers=_headers(letter, slots, notice_id, from_address.rpartition("@")[2]),
        alternatives=[(_inlined(render_to_string("notices/letter/message.html", context)), "text/html")],
        reply_to=_reply_to(letter.sender),
    )


def _headers(letter: Letter, slots: dict[str, str], notice_id: int, domain: str) -> dict[str, str]:
    """Return what mail programs want to know. A person's Message-ID stays the same, however often it is sent."""
    headers = {
        "Date": slots["date"],
        "Message-ID": f"<{letter.kind}-{notice_id}.{slots['message_id']}@{domain}>",
        "Content-Language": site_language(),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Id": f"<{'followers' if letter.to_followers else 'policies'}.{domain}>",
        "Feedback-ID": f"{notice_id}:{letter.kind}:notice:policies",
    }
    if letter.answer:
        before, after = letter.answer.earlier.reference
        headers["In-Reply-To"] = headers["References"] = f"{before}{slots['in_reply_to']}{after}"
    if letter.optional:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url(slots['unsubscribe'])}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _reply_to(sender: Sender) -> list[str]:
    """Return the organisation's own address; one that only some servers take is left to the text."""
    if not sender.email or (address := read_address(sender.email)).needs_smtputf8:
        return []
    return [mailbox(sender.name, address.envelope)]


def _paragraphs(text: str) -> list[str]:
    return [line for line in map(_one_line, text.splitlines()) if line]


def _one_line(text: str) -> str:
    return clean_text(text).strip()


def _plain(text: str) -> str:
    """Return text of at most 72 columns, but for words and links that are longer."""
    lines = (textwrap.wrap(line, COLUMNS, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    wrapped = "\n".join("\n".join(line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", wrapped).strip() + "\n"


def _inlined(html: str) -> str:
    """Return HTML with its styles on the elements; only what depends on the reader's screen stays in the head."""
    inlined = css_inline.inline(html, keep_at_rules=True, load_remote_stylesheets=False)
    return re.sub(r"\n\s+", "\n", inlined)
