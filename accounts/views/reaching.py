"""The page for a person whose mail came back: mend the address, or say that it works."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.flows.addresses import mark_working
from accounts.flows.persons import PersonsRequest
from accounts.models import DeadAddress


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reaching(request: PersonsRequest) -> HttpResponse:
    """Say what came back and why; a post says that the address works."""
    if request.method == "POST":
        if mark_working(request.user):
            messages.success(request, gettext("Thank you. We write to that address again."))
        return redirect("accounts:reaching")
    dead = DeadAddress.objects.filter(address__user=request.user).select_related("address").first()
    return render(request, "accounts/reaching.html", {"dead": dead})
