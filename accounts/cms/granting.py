"""What many people are given at once: Wagtail's bulk actions, and the edit of an administrator, by its hooks."""

from functools import partial

from allauth.core.context import request_context
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin.views.bulk_action import BulkAction

from accounts.cms.telling import confirm_identity, tell_of_changes
from accounts.flows.granting import NotYours, Position, may_change, refuse_objections, write_down
from accounts.flows.persons import PersonsRequest
from accounts.models import User


def refuse_to_change(request: PersonsRequest, person: User) -> HttpResponse | None:
    """Keep staff away from the form of an administrator."""
    if may_change(request.user, person):
        return None
    messages.error(request, gettext("Only an administrator can change the account of an administrator."))
    return redirect("wagtailusers_users:index")


def before_many(request: PersonsRequest, people: list[User], action: BulkAction) -> HttpResponse | None:
    """Refuse as a whole what one of them may not be given, and remember how they stood. In a transaction of Wagtail's.

    Raises:
        ReauthenticationRequired: the identity is to be confirmed first.
    """
    action.positions = {person.pk: Position.of(person) for person in people}
    try:
        for person in people:
            refuse_objections(request.user, person, _wanted(action, action.positions[person.pk]))
    except NotYours as refusal:
        messages.error(request, gettext("Nothing was changed. %(refusal)s") % {"refusal": refusal})
        return redirect("wagtailusers_users:index")
    confirm_identity(request)
    return None


def after_many(request: PersonsRequest, people: list[User], action: BulkAction) -> None:
    """Write down what they were given, and tell them after the commit."""
    for person in people:
        if changes := write_down(request.user, person, action.positions[person.pk]):
            transaction.on_commit(partial(_tell, request, person, changes, action.positions[person.pk]))


def _tell(request: PersonsRequest, person: User, changes: list[str], before: Position) -> None:
    with request_context(request):
        tell_of_changes(User.objects.get(pk=person.pk), changes, by=request.user, before=before)


def _wanted(action: BulkAction, now: Position) -> Position:
    said = action.cleaned_form.cleaned_data
    if action.action_type == "assign_role":
        return Position(now.email, now.is_superuser, now.is_active, now.roles | {said["role"].pk})
    return Position(now.email, now.is_superuser, said["mark_as_active"], now.roles)
