"""The roles of the CMS, Wagtail's groups: nobody gives one more than they have themselves."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.users.views.groups import CreateView, DeleteView, EditView, GroupViewSet, PermissionPanelFormsMixin

from accounts.cms.telling import confirm_identity, tell_of_role
from accounts.flows.granting import LOG_ACTION, NotYours
from accounts.flows.persons import PersonsRequest
from accounts.flows.powers import Power, beyond, powers_of, powers_of_roles
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User


def powers_of_role(role: Group) -> frozenset[Power]:
    return powers_of_roles(Group.objects.filter(pk=role.pk))


def members_of(role: Group) -> list[User]:
    return list(User.objects.filter(groups=role).order_by("pk")) if role.pk else []


def refuse_more(staff: User, given: Collection[Power], own: frozenset[Power]) -> None:
    """Refuse to give a role more than the giver's own powers, as they were before anything was saved.

    Raises:
        NotYours: some of them are more than the giver's own.
    """
    if more := beyond(staff, given, own):
        listed = "; ".join(power.words for power in more)
        raise NotYours(
            gettext("You cannot give a role more than you may do yourself: %(listed)s.") % {"listed": listed}
        )


def write_down_role(staff: User, role: Group, before: frozenset[Power], after: frozenset[Power]) -> list[str]:
    """Write into the logs what a role may do now and could not before, and the other way round; return it in words."""
    changes = [gettext("May now: %(words)s") % {"words": power.words} for power in _sorted(after - before)]
    changes += [gettext("May no longer: %(words)s") % {"words": power.words} for power in _sorted(before - after)]
    for member in members_of(role):
        record_event(SecurityEvent.Kind.ROLE_CHANGED, member, detail=role.name)
    log(instance=role, action=LOG_ACTION, user=staff, data={"changes": changes})
    return changes


def _sorted(powers: frozenset[Power]) -> list[Power]:
    return sorted(powers, key=lambda power: power.words)


class GivingPowersView(PermissionPanelFormsMixin):
    """Mix in before a view of Wagtail's that saves a group: saves, compares, and takes it back if it is too much.

    What a group may do is spread over as many forms as there are panels; only what they have saved says it all.
    """

    object: Group
    request: PersonsRequest
    produced_error_message: str
    success_message = None  # said once it is sure

    def process_form(self) -> HttpResponse:
        # The role may be the giver's own: what it is given just now must not count as theirs.
        """Save the role if its powers are the giver's to give; write the changes down and tell its members."""
        before, own = powers_of_role(self.object), powers_of(self.request.user)
        try:
            with transaction.atomic():
                response: HttpResponse = super().process_form()
                if response.status_code != 302:
                    return response
                changes = self._given(before, own)
        except NotYours as refusal:
            return self._refused(refusal)
        messages.success(
            self.request,
            gettext("The role “%(object)s” is saved.") % {"object": self.object},
            buttons=self.get_success_buttons(),
        )
        if changes:
            tell_of_role(str(self.object), changes, members_of(self.object), by=self.request.user)
        return response

    def _given(self, before: frozenset[Power], own: frozenset[Power]) -> list[str]:
        after = powers_of_role(self.object)
        if after == before:
            return []
        staff = self.request.user
        refuse_more(staff, [power for power in after if not any(had.covers(power) for had in before)], own)
        confirm_identity(self.request)
        return write_down_role(staff, self.object, before, after)

    def _refused(self, refusal: NotYours) -> HttpResponse:
        if not Group.objects.filter(pk=self.object.pk).exists():
            self.object = Group()
        form = self.get_form()
        form.add_error(None, str(refusal))
        self.produced_error_message = str(refusal)
        return self.form_invalid(form)


class RoleCreateView(GivingPowersView, CreateView):
    pass


class RoleEditView(GivingPowersView, EditView):
    pass


class RoleDeleteView(DeleteView):
    """A role that is gone takes away what its members could do by it."""

    def form_valid(self, form: Form) -> HttpResponse:
        confirm_identity(self.request)
        role, members, staff = str(self.object), members_of(self.object), self.request.user
        with transaction.atomic():
            changes = write_down_role(staff, self.object, powers_of_role(self.object), frozenset())
            response = super().form_valid(form)
        tell_of_role(role, [gettext("The role is deleted"), *changes], members, by=staff)
        return response


class RolesViewSet(GroupViewSet):
    add_view_class = RoleCreateView
    edit_view_class = RoleEditView
    delete_view_class = RoleDeleteView
