"""What a browser answered: its cookie, or its signal “Global Privacy Control”, which is a no that leaves no cookie."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.cookies.consent.question import Question, question
from home.cookies.declared.declarations import ANSWER
from home.cookies.public_pages import is_public_page

YES, NO, NEW = "yes", "no", "new"
SHORT: Final = 16  # digits of the digest that stand in the cookie
KEPT: Final = "_cookie_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands to the question. `is_new`: it was answered on the page before, which is to be confirmed."""

    question: Question | None
    answer: str = ""
    is_new: bool = False
    by_browser: bool = False
    counts: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the banner asks: there is a question, and neither the person nor the browser has answered it."""
        return bool(self.question) and not self.answer

    @property
    def agreed(self) -> bool:
        return self.answer == YES


def standing_of(request: HttpRequest) -> Standing:
    """Return how a request stands, worked out once."""
    if not hasattr(request, KEPT):
        setattr(request, KEPT, _standing(request))
    known: Standing = getattr(request, KEPT)
    return known


def _standing(request: HttpRequest) -> Standing:
    asked = question()
    if asked is None:
        return Standing(None)
    answer, _, rest = request.COOKIES.get(ANSWER, "").partition(".")
    digest, _, new = rest.partition(".")
    if answer in (YES, NO) and digest == asked.digest[:SHORT]:
        counts = answer == YES and is_public_page(request)
        return Standing(asked, answer, is_new=new == NEW, counts=counts)
    if request.headers.get("Sec-GPC") == "1":
        return Standing(asked, NO, by_browser=True)
    return Standing(asked)


def in_cookie(answer: str, asked: Question, *, new: bool) -> str:
    """Return what the cookie holds."""
    return f"{answer}.{asked.digest[:SHORT]}" + (f".{NEW}" if new else "")


def cookie_choices(request: HttpRequest) -> dict[str, object]:
    """Let every template know."""
    return {"cookie_choice": SimpleLazyObject(lambda: standing_of(request))}
