"""All addresses of the site. The policies' come before Wagtail's own, whose pattern knows no dots."""

from csp.decorators import csp_replace
from django.apps import apps
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.rights.reports.page import numbers
from accounts.second_factor.guard import editors_only
from home.pages.at_once import found_at_once
from plum.nonsense import answered

# What Wagtail's admin needs, and only there: inline scripts and styles, images from the browser's own memory.
cms_csp = csp_replace(
    {
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-src": ["'self'"],
    }
)

in_the_cms = decorate_urlpatterns(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, answered), cms_csp)

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password", query_string=True)

# Where a mail service reports what became of a mail.
from_mail_services = [path("anymail/", include("anymail.urls"))] if apps.is_installed("anymail") else []

handler400 = "plum.errors.bad_request"
handler500 = "plum.errors.server_error"

urlpatterns = [
    *from_mail_services,
    # There is one sign-in: Wagtail's own forms would know neither rate limits nor confirmed addresses.
    path("cms/login/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("cms/password_reset/", to_password_reset),
    path("policies/", include("policies.urls")),
    path("account/policies/", include("policies.notices.urls")),
    path("account/", include("accounts.urls")),
    path("data-rights/numbers/", numbers, name="rights_numbers"),
    path("data-rights/", include("accounts.rights.public_urls")),
    path(
        "cms/",
        include(decorate_urlpatterns(in_the_cms, editors_only)),
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, found_at_once))),
]
