"""What the software itself keeps on devices, each with the settings it depends on."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words, span_in_words
from home.cookies.declared.stored import Lasts, Need, Place, Stored

THEME: Final = "theme"
THEME_LASTS: Final = dt.timedelta(days=365)
FORGERY_LASTS: Final = dt.timedelta(days=365)
ANSWER: Final = "cookie_choice"
ANSWER_LASTS: Final = dt.timedelta(days=365)
NOT_COUNTED: Final = "not_counted"
NOT_COUNTED_LASTS: Final = dt.timedelta(days=365)
ANALYTICS_LASTS: Final = dt.timedelta(days=90)


def of_the_site() -> list[Stored]:
    """Return what anybody's browser may be given."""
    return [_session(), _against_forgery(), _messages(), _theme()]


def _flags(prefix: str, http_only: bool) -> dict[str, object]:
    """Return how Django's cookies of a kind are to be set: for this host, and over https where the site has it."""
    return {
        f"{prefix}_COOKIE_DOMAIN": None,
        f"{prefix}_COOKIE_PATH": "/",
        f"{prefix}_COOKIE_HTTPONLY": http_only,
        f"{prefix}_COOKIE_SAMESITE": "Lax",
        f"{prefix}_COOKIE_SECURE": settings.SITE_URL.startswith("https://"),
    }


def _session() -> Stored:
    most = span_in_words(settings.SESSION_ABSOLUTE_LIMIT)
    return Stored(
        name=settings.SESSION_COOKIE_NAME,
        need=Need.ESSENTIAL,
        purpose=gettext("Keeps you signed in while you go from page to page."),
        when=gettext("When you sign in, sign up, or begin to"),
        lasts=Lasts.WINDOW,
        lasts_words=gettext("Until you sign out or close the browser, and %(most)s at most") % {"most": most},
        http_only=True,
        settings=_flags("SESSION", True)
        | {
            "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
            "SESSION_COOKIE_AGE": int(settings.SESSION_ABSOLUTE_LIMIT.total_seconds()),
        },
    )


def _against_forgery() -> Stored:
    return Stored(
        name=settings.CSRF_COOKIE_NAME,
        need=Need.ESSENTIAL,
        purpose=gettext("Lets us check that a form comes from you, and was not sent by another website in your name."),
        when=gettext("When you open a page with a form"),
        lasts=FORGERY_LASTS,
        settings=_flags("CSRF", False)
        | {"CSRF_USE_SESSIONS": False, "CSRF_COOKIE_AGE": int(FORGERY_LASTS.total_seconds())},
    )


def _messages() -> Stored:
    return Stored(
        name="messages",
        need=Need.ESSENTIAL,
        purpose=gettext("Carries a short message to the next page, such as “Your details are saved”."),
        when=gettext("After you have done something on the website"),
        lasts=Lasts.WINDOW,
        lasts_words=gettext("Until the message has been shown, or you close the browser"),
        http_only=True,
        settings={"MESSAGE_STORAGE": "django.contrib.messages.storage.fallback.FallbackStorage"},
    )


def _theme() -> Stored:
    return Stored(
        name=THEME,
        need=Need.FUNCTIONAL,
        purpose=gettext("Remembers whether you want the pages light or dark. It holds that one word."),
        when=gettext("When you choose Light or Dark; choosing System deletes it"),
        lasts=THEME_LASTS,
    )


def of_the_cms() -> list[Stored]:
    """Return what Wagtail keeps in the browsers of those who work in the CMS."""
    collapsed = Stored(
        name="wagtail_sidebar_collapsed",
        need=Need.FUNCTIONAL,
        purpose=gettext("Whether the menu of the CMS is folded."),
        when=gettext("When the menu is folded or unfolded"),
        lasts=Lasts.WINDOW,
        of_staff=True,
    )
    return [collapsed, *(_key(name, purpose) for name, purpose in WAGTAILS_KEYS.items())]


WAGTAILS_KEYS: Final[Mapping[str, Words]] = {
    "wagtail:spriteData": _("The icons of the CMS, so that they are not fetched for each page."),
    "wagtail:spriteRevision": _("Which edition of the icons that is."),
    "wagtail:side-panel-open": _("Which panel stood open beside the form."),
    "wagtail:side-panel-width": _("How wide the panel beside the form was drawn."),
    "wagtail:minimap-expanded": _("Whether the outline of a form stood open."),
    "wagtail:preview-panel-device": _("In which size a page was last previewed."),
    "wagtail:draftail-toolbar": _("Whether the tools for writing float or stay in place."),
    "wagtail:w-*": _("Which parts of a page were folded."),
}


def _key(name: str, purpose: Words) -> Stored:
    return Stored(
        name=name,
        place=Place.LOCAL,
        need=Need.ESSENTIAL if "sprite" in name else Need.FUNCTIONAL,
        purpose=purpose,
        when=_("When somebody works in the CMS"),
        lasts=Lasts.CLEARED,
        of_staff=True,
    )


THE_SWITCH: Final = Stored(
    name=NOT_COUNTED,
    need=Need.ESSENTIAL,
    purpose=_("Says that the pages you open here are not to be counted."),
    when=_("When you switch off our own statistics"),
    lasts=NOT_COUNTED_LASTS,
    http_only=True,
)

THE_ANSWER: Final = Stored(
    name=ANSWER,
    need=Need.ESSENTIAL,
    purpose=_("Remembers whether you agreed to statistics by another company, so that we do not ask on each page."),
    when=_("When you accept or reject them"),
    lasts=ANSWER_LASTS,
    http_only=True,
)

# As js/analytics.js has them set: of this host only, for a fixed time from the first page.
ANALYTICS: Final = tuple(
    Stored(
        name=name,
        need=Need.CONSENT,
        purpose=purpose,
        when=_("On the first page you read after you agreed"),
        lasts=ANALYTICS_LASTS,
        whose="Google",
    )
    for name, purpose in {
        "_ga": _("A number by which Google Analytics tells your browser from others."),
        "_ga_*": _("Remembers for Google Analytics when your visit began."),
    }.items()
)
