"""All addresses of the site. The policies' come before Wagtail's own, whose pattern knows no dots."""

from csp.decorators import csp_replace
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

# What Wagtail's admin needs, and only there: inline scripts and styles, images from the browser's own memory.
cms_csp = csp_replace(
    {
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-src": ["'self'"],
    }
)

urlpatterns = [
    path("policies/", include("policies.urls")),
    path("cms/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, cms_csp))),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
