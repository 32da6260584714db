"""A frozen mail as somebody on the staff may see it: its links that would act for a person lead nowhere."""

from dataclasses import dataclass
from email import message_from_bytes, policy

from django.utils import timezone

from policies.notices.letter.message import FrozenMessage, date_value, token_value

# Not a token: whoever follows it is told that the link is not whole.
DEAD = "only-to-be-looked-at"


@dataclass(frozen=True, slots=True)
class Shown:
    """What mail programs show."""

    subject: str
    sender: str
    reply_to: str
    text: str
    html: str


def shown(message: FrozenMessage) -> Shown:
    """Return the mail that everybody would get, without anybody's address."""
    filled = message.fill(
        {
            "to": b"undisclosed-recipients:;",
            "date": date_value(timezone.now()),
            "message_id": token_value(DEAD),
            "unsubscribe": token_value(DEAD),
        }
    )
    mail = message_from_bytes(filled, policy=policy.default)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    return Shown(
        subject=str(mail["Subject"]),
        sender=str(mail["From"]),
        reply_to=str(mail["Reply-To"] or ""),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
    )
