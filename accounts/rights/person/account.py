"""The door of people who are signed in: their requests, and the form for a new one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from accounts.flows.persons import PersonsRequest
from accounts.rights.asking.forms import RequestForm, posted
from accounts.rights.asking.instant import INSTANT
from accounts.rights.asking.limits import LIMITS
from accounts.rights.asking.opening import open_request
from accounts.rights.models import Channel, RightsRequest
from accounts.rights.moves import By
from accounts.rights.person.doors import Door
from accounts.rights.person.pages import done, kind_in_words
from accounts.rights.person.standing import standing_of


@login_required
def requests(request: PersonsRequest) -> HttpResponse:
    """What the person asked so far and how each stands, and what they can do at once."""
    found = RightsRequest.objects.confirmed().of(request.user).select_related("person")
    shown = [(case, kind_in_words(case), standing_of(case)) for case in found]
    return render(request, "accounts/rights/requests.html", {"cases": shown, "instant": INSTANT})


@login_required
def new(request: PersonsRequest) -> HttpResponse:
    """The form. Who they are is known."""
    form = RequestForm(*posted(request))
    if request.method == "POST":
        if not LIMITS.may(request, "account"):
            return render(request, "429.html", status=429)
        if form.is_valid():
            asked = form.asked(request.user)
            case = open_request(asked, Channel.ACCOUNT, By.person(request.user), form.cleaned_data["attachments"])
            new_one = case.once == asked.once
            return done(Door(case, By.person(request.user)), "opened" if new_one else "already")
    context = {"form": form, "instant": INSTANT}
    return render(request, "accounts/rights/new.html", context, status=422 if form.errors else 200)
