"""The same mail for everybody who takes part: as we freeze it, and as Django's class for those who build it anew."""

from dataclasses import dataclass
from email import message_from_bytes, policy

from django.core.mail import EmailMultiAlternatives

from accounts.flows.unsubscribe_links import POLICY_MAIL, unsubscribe_token
from policies.notices.letter.composing import compose
from policies.notices.models import AmendmentNotice

TOKEN = "here-is-the-token"
MADE_BY_DJANGO = {"from", "to", "subject", "date", "mime-version", "content-type", "message-id"}


@dataclass(frozen=True)
class Letter:
    subject: str
    sender: str
    text: str
    html: str
    headers: dict[str, str]

    def to(self, person: int, address: str, name: str) -> EmailMultiAlternatives:
        """The mail to one person, with the token that lets this person unsubscribe."""
        token = unsubscribe_token(person, POLICY_MAIL)
        headers = {name: value.replace(TOKEN, token) for name, value in self.headers.items()}
        mail = EmailMultiAlternatives(
            self.subject, self.text.replace(TOKEN, token), self.sender, [f'"{name}" <{address}>'], headers=headers
        )
        mail.attach_alternative(self.html.replace(TOKEN, token), "text/html")
        return mail


def letter_of(notice: AmendmentNotice) -> Letter:
    values = {"to": b"to@example.org", "date": b"Sat, 01 Jan 2028 00:00:00 +0000", "message_id": b"1.1"}
    frozen = compose(notice).fill(values | {"unsubscribe": TOKEN.encode()})
    mail = message_from_bytes(frozen, policy=policy.default)
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    headers = {name: str(value) for name, value in mail.items() if name.lower() not in MADE_BY_DJANGO}
    return Letter(mail["Subject"], mail["From"], text, html, headers)
