"""Which pages are everybody's, who keeps them, and where the statistics of another company come from and go to."""

from urllib.parse import urlsplit

from plum.settings.environment import read
from plum.settings.shapes import caches_in_front, count, not_shown

# Whoever sends no cookie but these reads the pages that everybody reads, which may be kept for the next.
COOKIES_THAT_CHANGE_NO_PAGE = frozenset({"theme"})
FINISHED_PAGES_MB = read(
    "FINISHED_PAGES_MB", count, "64 (MB of finished public pages kept in each process; 0 to make each anew)", "64"
)

# Caches in front that are told when a page changes (Wagtail's front-end cache invalidator), and for how long they,
# or others, may go without asking.
WAGTAILFRONTENDCACHE = read(
    "FRONT_CACHE",
    caches_in_front,
    '{"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": "http://127.0.0.1:8081"}',
    "{}",
    not_shown,
)
FRONT_CACHE_SECONDS = read(
    "FRONT_CACHE_SECONDS", count, "60 (seconds for which a cache in front may go without asking; 0 to ask always)", "0"
)


def _program(text: str) -> str:
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise ValueError("not a web address")
    return text


# Only where an editor named a measurement ID, and only for who agreed. The program's own host comes first.
ANALYTICS_SCRIPT = read(
    "ANALYTICS_SCRIPT", _program, "https://tags.example.org/gtag/js", "https://www.googletagmanager.com/gtag/js"
)
ANALYTICS_HOSTS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(ANALYTICS_SCRIPT)),
    "https://*.google-analytics.com",
    "https://*.analytics.google.com",
]
