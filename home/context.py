"""What every template knows of the site."""

from typing import Any

from django.http import HttpRequest

from home.models import Organisation


def site(request: HttpRequest) -> dict[str, Any]:
    return {"organisation": lambda: Organisation.for_request(request)}
