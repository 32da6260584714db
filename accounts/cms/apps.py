"""Wagtail's users, with the forms and views of this site."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.cms.viewsets.PeopleViewSet"
