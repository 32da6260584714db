"""Writes the mail of an amendment notice: what a version changes, when, where to read it, and what one can do."""

import re
import textwrap
from dataclasses import dataclass
from enum import StrEnum

import css_inline
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.values.mail_address import read_address
from policies.notices.letter.message import FrozenMessage, header_text, mailbox, sentinels
from policies.texts.document import clean_text
from policies.versions.models import PolicyVersion

COLUMNS = 72
REGULATOR = "https://ico.org.uk/make-a-complaint/"
# How often each slot stands in a mail; a template that has lost one cannot be sent.
EXPECTED = {"to": 1, "date": 1, "message_id": 1}
EXPECTED_IF_OPTIONAL = EXPECTED | {"unsubscribe": 3}  # header, text and HTML


class Occasion(StrEnum):
    """Why the mail goes out now."""

    ANNOUNCED = "announced"
    REMINDER = "reminder"
    IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who runs the site. `email` is where people can write to; `site_url` has no slash at its end."""

    name: str
    postal_address: tuple[str, ...]
    email: str
    site_url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A line of words that leads somewhere; the plain text shows where."""

    label: str
    url: str

    @property
    def shown(self) -> str:
        return self.url.removeprefix("mailto:")


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

    @property
    def has_begun(self) -> bool:
        return self.kind == Occasion.IN_FORCE or self.version.effective_from <= self.version.announced_on

    @property
    def summary(self) -> list[str]:
        """The editor's words, a paragraph for each line, without invisible characters that could mislead."""
        return [line for line in map(_one_line, self.version.change_summary.splitlines()) if line]

    @property
    def reading(self) -> list[Link]:
        """Where the change can be read, the reader's own redline first."""
        version, previous = self.version, self.previous
        new = self._page("policies:version", version.slug, version.number)
        if previous is None:
            return [Link(f"Read version {version.number}", new)]
        own = f"{self._page('policies:changes', version.slug)}?to={version.number}"
        redline = self._page("policies:compare", version.slug, previous.number, version.number)
        return [
            Link("Sign in and see what is new to you", own),
            Link(f"See every change from version {previous.number} to {version.number}, without signing in", redline),
            Link(f"The new text, version {version.number}", new),
            Link(
                f"The old text, version {previous.number}",
                self._page("policies:version", version.slug, previous.number),
            ),
        ]

    @property
    def objecting(self) -> list[Link]:
        email = self.sender.email
        writing = [Link("Write to us", f"mailto:{email}")] if email else []  # the postal address stands below
        closing = Link("Close your account", self._page("accounts:close"))
        complaining = [Link("Complain to the Information Commissioner’s Office", REGULATOR)]
        return [*writing, closing, *(complaining if self.about_personal_data else [])]

    def stopping(self, token: str) -> list[Link]:
        if not self.optional:
            return []
        return [
            Link("Sign in and choose which e-mails you get", self._page("accounts:preferences")),
            Link("Stop these e-mails, without signing in", self.unsubscribe_url(token)),
        ]

    def unsubscribe_url(self, token: str) -> str:
        return self._page("accounts:unsubscribe", token)

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
) -> FrozenMessage:
    """Write the notice of a version and freeze it.

    Everybody gets the same words, so the greeting names nobody. Slots: "to", "date", "message_id" and, if optional,
    "unsubscribe".

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

    Raises:
        FreezingError: the templates and the slots do not agree.
        AddressRefused: no mail can be sent from `from_address`.
    """
    letter = Letter(version, previous, Occasion(kind), optional, _one_line(why_always), sender, about_personal_data)
    slots = sentinels(*(EXPECTED_IF_OPTIONAL if optional else EXPECTED))
    mail = _compose(letter, slots, notice_id, read_address(from_address).envelope)
    return FrozenMessage.freeze(mail, slots, EXPECTED_IF_OPTIONAL if optional else EXPECTED)


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
        "Content-Language": "en-GB",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Id": f"<policies.{domain}>",
        "Feedback-ID": f"{notice_id}:{letter.kind}:notice:policies",
    }
    if letter.optional:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url(slots['unsubscribe'])}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _reply_to(sender: Sender) -> list[str]:
    """Return the organisation's own address; one that only some servers take is left to the text."""
    if not sender.email or (address := read_address(sender.email)).needs_smtputf8:
        return []
    return [mailbox(sender.name, address.envelope)]


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
