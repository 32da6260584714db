"""What the demo's policies say of the site is what the site does."""

import datetime as dt
import re
from pathlib import Path

from django.conf import settings

from accounts.values.wording import span_in_words
from plum.settings import production

POLICIES = Path(__file__).parents[2] / "home" / "demo_policies"
ROW = re.compile(r"^\| (\S+) \|.*\| (.+?) \|$", re.MULTILINE)


def test_the_cookies_last_as_long_as_the_cookie_policy_says():
    said = dict(ROW.findall((POLICIES / "cookies-1.0.md").read_text()))
    longest = span_in_words(dt.timedelta(seconds=settings.SESSION_COOKIE_AGE))
    assert said[production.SESSION_COOKIE_NAME] == f"Until you sign out, and {longest} at most"
    a_year = dt.timedelta(days=365).total_seconds()
    assert a_year == settings.CSRF_COOKIE_AGE
    assert said[production.CSRF_COOKIE_NAME] == "1 year"
