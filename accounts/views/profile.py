"""The pages on which people see and change what is known of them."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.flows.persons import PersonsRequest
from accounts.flows.profile import details_of, take_out_values, update_details
from accounts.forms import DetailsForm
from accounts.menu import overview_of

CHANGES_SHOWN = 50


@login_required
def overview(request: PersonsRequest) -> HttpResponse:
    """Who you are, how safe your account is, and what needs doing."""
    sections = overview_of(request.user)
    tasks = [task for section in sections for task in section.tasks]
    return render(request, "accounts/overview.html", {"sections": sections, "tasks": tasks})


@login_required
def details(request: PersonsRequest) -> HttpResponse:
    """Every field is theirs to change, and every change is shown."""
    person = copy(request.user)  # the form writes into what it is given
    form = DetailsForm(request.POST or None, instance=person, initial=details_of(person))
    if request.method == "POST" and form.is_valid():
        changed = update_details(request.user, form.cleaned_data, by=request.user)
        messages.success(request, gettext("Your details are saved.") if changed else gettext("Nothing was changed."))
        return redirect("accounts:details")
    changes = request.user.detail_changes.select_related("by")[:CHANGES_SHOWN]
    return render(request, "accounts/details.html", {"form": form, "changes": changes})


@require_POST
@login_required
def take_out(request: PersonsRequest, pk: int) -> HttpResponse:
    """Take the two values out of one line of what was changed."""
    if take_out_values(request.user, pk):
        messages.success(request, gettext("The two values are taken out. Nobody can see them any more."))
    else:
        messages.info(request, gettext("Nothing was taken out."))
    return redirect("accounts:details")
