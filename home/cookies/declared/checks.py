"""Speaks up where a cookie is set otherwise than the register says."""

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from home.cookies.declared.declarations import of_the_cms, of_the_site


@register()
def cookies_are_as_declared(app_configs: object = None, **_: object) -> list[CheckMessage]:
    """Compare the settings of Django's cookies with what people are told of them."""
    return [
        Warning(
            f"The setting {name} is {getattr(settings, name)!r}; the register of cookies tells people that it is "
            f"{told!r} for “{stored.name}”.",
            hint="Put the setting back, or change the declaration, and announce the cookie policy anew.",
            id="home.W001",
        )
        for stored in [*of_the_site(), *of_the_cms()]
        for name, told in stored.settings.items()
        if getattr(settings, name) != told
    ]
