"""The answer to the question: posted by the banner, the page about cookies, or the footer of any page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.flows.consents import Purpose, choose_on_a_device
from accounts.flows.origins import origin_of
from accounts.models import User
from home.cookies.consent.answers import NO, YES, in_cookie
from home.cookies.consent.question import Question, question
from home.cookies.declared.declarations import ANSWER, ANSWER_LASTS
from home.cookies.same_site import choosing, page_before


@choosing
def answer_question(request: HttpRequest) -> HttpResponse:
    """Keep the answer to what is asked now. Whoever agreed to other words is asked again."""
    asked, said = question(), request.POST.get("answer")
    response = redirect(page_before(request, reverse("cookies")).partition("#")[0])
    if asked is None or said not in (YES, NO) or (said == YES and request.POST.get("digest") != asked.digest):
        return response
    keep(response, said, asked, new=True)
    if isinstance(request.user, User):
        choose_on_a_device(request.user, Purpose.ANALYTICS, said == YES, asked.wording, origin_of(request))
    return response


def keep(response: HttpResponse, answer: str, asked: Question, *, new: bool) -> None:
    """Put the answer into its cookie, which only this site reads."""
    response.set_cookie(
        ANSWER,
        in_cookie(answer, asked, new=new),
        max_age=ANSWER_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
