"""The people of the CMS: its list, its forms, and what is asked and told when staff give or take."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.views.generic.edit import ModelFormMixin
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from accounts.cms.forms import PersonCreationForm, PersonEditForm, PersonForm
from accounts.cms.telling import confirm_identity, tell_of_changes
from accounts.flows.addresses import replace_address
from accounts.flows.granting import NotYours, refuse_objections, write_down
from accounts.flows.persons import PersonsRequest
from accounts.flows.profile import details_of, record_changes
from accounts.models import User


class GivingView(ModelFormMixin):
    """Mix in before a view of Wagtail's that saves a person: asks who one is, and refuses in words at the form."""

    request: PersonsRequest
    object: User
    produced_error_message: str
    get_error_message: Callable[[], str]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the person if the powers are the giver's to give; write the changes down and tell of them."""
        if form.gives_or_takes:
            confirm_identity(self.request)
        try:
            with transaction.atomic():
                refuse_objections(form.by, form.instance, form.wanted)
                response = super().form_valid(form)
                changes = write_down(form.by, self.object, form.before)
        except NotYours as refusal:
            form.add_error(refusal.field, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        tell_of_changes(self.object, changes, by=form.by, before=form.before)
        return response


class PersonCreateView(GivingView, CreateView):
    pass


class PersonEditView(GivingView, EditView):
    """Writes down what staff change of a person's details, as the account's own page does."""

    def save_instance(self) -> User:
        before = self.model.objects.get(pk=self.object.pk)
        person = super().save_instance()
        record_changes(person, details_of(before), details_of(person), by=self.request.user)
        if person.email != before.email:
            replace_address(person, before.email, by=self.request.user)
        return person


class PeopleViewSet(UserViewSet):
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    create_template_name = "accounts/cms/create_user.html"
    edit_template_name = "accounts/cms/edit_user.html"
    copy_view_enabled = False  # nobody is a copy of somebody, nor their powers

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonEditForm if for_update else PersonCreationForm
