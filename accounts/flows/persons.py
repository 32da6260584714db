"""What views behind `login_required` are given."""

from django.http import HttpRequest

from accounts.models import User


class PersonsRequest(HttpRequest):
    """For types only: the request of somebody who is signed in."""

    user: User
