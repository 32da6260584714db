"""The user listing of the CMS and what hangs on it."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from wagtail.users.views.users import EditView, UserViewSet

from accounts.cms.forms import PersonCreationForm, PersonEditForm
from accounts.flows.addresses import replace_address
from accounts.flows.profile import details_of, record_changes
from accounts.models import User


class PersonEditView(EditView):
    """Writes down what staff change of a person's details, as the account's own page does."""

    def save_instance(self) -> Any:
        """Runs in a transaction of Wagtail's."""
        self.before = self.model.objects.get(pk=self.object.pk)
        person = super().save_instance()
        record_changes(person, details_of(self.before), details_of(person), by=self.request.user)
        if person.email != self.before.email:
            replace_address(person, self.before.email, by=self.request.user)
        return person

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if self.object.email != self.before.email:
            tell_old_address(self.object, self.before.email)
        return response


def tell_old_address(person: User, old: str) -> None:
    addresses = {"from_email": old, "to_email": person.email}
    get_adapter().send_notification_mail("account/email/email_replaced", person, addresses, email=old)


class PeopleViewSet(UserViewSet):
    edit_view_class = PersonEditView
    create_template_name = "accounts/cms/create_user.html"
    edit_template_name = "accounts/cms/edit_user.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
