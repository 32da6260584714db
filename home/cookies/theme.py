"""Light or dark: a choice kept in one cookie, which no page is made from, so that all pages stay everybody's.

A script of a few lines reads the cookie before anything is drawn. Where scripts do not run, a stylesheet of one line
does: it alone is made for each visitor. So no page needs `Vary: Cookie`, and what keeps finished pages may ignore this
cookie (settings.COOKIES_THAT_CHANGE_NO_PAGE).
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from home.cookies.declared.declarations import THEME, THEME_LASTS
from home.cookies.same_site import choosing, page_before

THEMES: Final = ("light", "dark")
SYSTEM: Final = "system"


def theme_of(request: HttpRequest) -> str:
    """Return “light”, “dark”, or “system” where nothing was chosen."""
    said = request.COOKIES.get(THEME, "")
    return said if said in THEMES else SYSTEM


@choosing
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice, or delete it where the system is to decide, and lead back to the page."""
    chosen = request.POST.get("theme", "")
    response = redirect(page_before(request, reverse("cookies")).partition("#")[0] + "#appearance")
    if chosen in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(THEME, chosen, max_age=THEME_LASTS, secure=secure, httponly=False, samesite="Lax")
    else:
        response.delete_cookie(THEME, samesite="Lax")
    return response


@require_safe
@vary_on_cookie
def theme_stylesheet(request: HttpRequest) -> HttpResponse:
    """The choice as a stylesheet, for browsers without scripts."""
    theme = theme_of(request)
    logos = {"light": "--on-light:inline-block;--on-dark:none", "dark": "--on-light:none;--on-dark:inline-block"}
    # More weight than what the main stylesheet says for the system's own scheme.
    scheme = f"@media screen{{:root:root:root{{color-scheme:{theme};{logos[theme]}}}}}" if theme in THEMES else ""
    mark = f".theme [value={theme}]{{border-color:currentcolor;box-shadow:inset 0 -3px currentcolor}}"
    response = HttpResponse(scheme + mark, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found or response
