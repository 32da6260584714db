"""Staff who look after people without being administrators, and what they do in the CMS."""

from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from wagtail.models import GroupPagePermission

from accounts.models import User
from policies.writing.models import PolicyIndexPage
from tests.making.people import PASSWORD, a_person, code_of, confirm_identity

# The ready-made groups of the CMS, by what their people are.
ROLES = {"editor": "Policy editors", "approver": "Policy approvers", "data protection": "Data protection"}
DESK = ("access_admin", "add_user", "change_user", "delete_user", "add_group", "change_group", "delete_group")


def a_role(name: str, *codenames: str) -> Group:
    role = Group.objects.create(name=name)
    role.permissions.set(Permission.objects.filter(codename__in=codenames))
    assert role.permissions.count() == len(codenames)
    return role


def a_member_of_staff(name: str) -> User:
    """Somebody of a ready-made group, a superuser, or nobody who may only enter the CMS."""
    person = a_person(f"{name.replace(' ', '.')}@example.org", first_name=name.title())
    person.is_superuser = name == "superuser"
    person.save()
    if name != "superuser":
        person.groups.add(Group.objects.get(name=ROLES[name]) if name in ROLES else a_role(name, "access_admin"))
    return person


def with_rights(email: str, *deeds: str, may: tuple[str, ...] = ()) -> User:
    """Somebody who may enter the CMS, with these rights on the policies in the tree and these permissions besides."""
    person = a_person(email, first_name=email.split("@", maxsplit=1)[0].title())
    role = a_role(f"Rights of {email}", "access_admin", *may)
    for deed in deeds:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{deed}_page")
        GroupPagePermission.objects.create(group=role, page=PolicyIndexPage.objects.get(), permission=permission)
    person.groups.add(role)
    return person


def a_helper(*codenames: str, email: str = "helper@example.org") -> User:
    """Somebody of the help desk, with these permissions besides that to enter the CMS; all of the desk's if none."""
    helper = a_person(email, first_name="Hal")
    helper.groups.add(a_role(f"Desk of {email}", *(("access_admin", *codenames) if codenames else DESK)))
    return helper


def confirmed(client: Client, person: User, password: str = PASSWORD) -> Client:
    """A browser in which somebody, signed in with a second factor, has just confirmed who they are."""
    device = person.totpdevice_set.get()
    answer = confirm_identity(client, password, otp_device=device.persistent_id, otp_token=code_of(device))
    assert answer.status_code == 302
    mail.outbox.clear()
    return client


def form_of(person: User, **changes) -> dict[str, object]:
    """What the form of a person posts when nothing is changed, and what is."""
    names = ("email", "first_name", "last_name", "preferred_name", "phone", "postal_address")
    said = {name: getattr(person, name) for name in names}
    said["groups"] = list(person.groups.values_list("pk", flat=True))
    ticked = {name: "on" for name in ("is_active", "is_superuser") if getattr(person, name)}
    return {name: value for name, value in (said | ticked | changes).items() if value is not None}


def role_form(role: Group, *permissions: Permission, **more) -> dict[str, object]:
    """What the form of a role posts: its name, these permissions, and no pages or collections unless said."""
    panels = ("page_permissions", "collection_permissions", "document_permissions", "image_permissions")
    empty = {f"{panel}-{part}": "0" for panel in panels for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    limits = {f"{panel}-MAX_NUM_FORMS": "1000" for panel in panels}
    return empty | limits | {"name": role.name, "permissions": [one.pk for one in permissions]} | more
