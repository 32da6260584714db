"""The models of accounts and of their packages that say nothing about anybody."""

from accounts.personal_data.register import declare_free


def declare() -> None:
    declare_free("auth.Permission", "name", "content_type", "codename", why="What may be done on the site")
    declare_free("auth.Group", "name", "permissions", why="Groups of staff; who is in them is “groups”")
    declare_free("auth.Group_permissions", "group", "permission", why="What a group may do")
    declare_free("contenttypes.ContentType", "app_label", "model", why="The names of the models")
