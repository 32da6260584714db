"""Wagtail's users and groups, with the forms and views of this site."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.cms.viewsets.PeopleViewSet"
    group_viewset = "accounts.cms.roles.RolesViewSet"
