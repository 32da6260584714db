"""Our user with the name that allauth's tests give each of theirs."""

from typing import ClassVar

from django.contrib.auth.models import UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from accounts.models import User as Ours


class User(Ours):
    username = models.CharField(max_length=150, unique=True, null=True, validators=[UnicodeUsernameValidator()])  # noqa: DJ001 (as many have none)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["email"]
    objects = UserManager()
