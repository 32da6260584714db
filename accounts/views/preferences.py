"""The page on which people choose what they are sent and what they agree to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.flows.consents import Where, WordsChanged, agree, choices_of, take_back
from accounts.flows.origins import origin_of
from accounts.flows.persons import PersonsRequest
from accounts.flows.preferences import choose_policy_mail, history_of, policy_mail_of
from accounts.flows.preferences_notes import notes_for
from accounts.forms import ConsentForm, PreferencesForm
from accounts.models import ConsentRecord

WORDS_CHANGED = _("The words were changed while the page was open, so nothing was saved. Please read them again.")


@login_required
def preferences(request: PersonsRequest) -> HttpResponse:
    """Show what the person chose and when, and save which mail about policies they want."""
    person = request.user
    form = PreferencesForm(request.POST or None, initial={"policy_mail": policy_mail_of(person)})
    if request.method == "POST" and form.is_valid():
        choose_policy_mail(person, form.cleaned_data["policy_mail"], Where.PREFERENCES, origin_of(request))
        messages.success(request, gettext("Your choice is saved. It applies from now on."))
        return redirect("accounts:preferences")
    choices = choices_of(person)
    context = {
        "form": form,
        "notes": notes_for(person),
        "choices": choices,
        "given": [choice for choice in choices if choice.given and not choice.is_of_a_device],
        "history": history_of(person),
    }
    return render(request, "accounts/preferences.html", context)


@login_required
def consents(request: PersonsRequest) -> HttpResponse:
    """The buttons of the page. Signing in again on the way leads back to it and does nothing."""
    form = ConsentForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if purpose := form.cleaned_data["agree"]:
            _agree(request, purpose, form.cleaned_data["version"])
        else:
            _take_back(request, form.cleaned_data["take_back"])
    return redirect("accounts:preferences")


def _agree(request: PersonsRequest, purpose: ConsentRecord.Purpose, version: int) -> None:
    try:
        agree(request.user, purpose, version, Where.PREFERENCES, origin_of(request))
    except WordsChanged:
        messages.warning(request, WORDS_CHANGED)
    else:
        messages.success(
            request,
            gettext("You agreed: %(purpose_label)s. You can withdraw it here at any time.")
            % {"purpose_label": purpose.label},
        )


def _take_back(request: PersonsRequest, purposes: list[ConsentRecord.Purpose]) -> None:
    take_back(request.user, purposes, Where.PREFERENCES, origin_of(request))
    names = ", ".join(str(purpose.label) for purpose in purposes)
    messages.success(
        request,
        gettext("Withdrawn: %(names)s. That applies from now on.") % {"names": names}
        if names
        else gettext("Nothing was changed."),
    )
