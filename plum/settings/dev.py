"""Settings for trying and developing on this machine: plain http, mail into files, no build of static files."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from plum.settings.environment import BASE_DIR, read
from plum.settings.shapes import count

_var = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")


def _kept_to_its_owner(path: Path) -> Path:
    """Return a file that nobody else on this machine can read; SQLite gives its other files the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    return path


def _own_secret_key() -> str:
    """Return the key made for this checkout, making it at the first start."""
    key = _kept_to_its_owner(_var / "secret-key")
    if not key.read_text():
        key.write_text(os.urandom(40).hex())
    return key.read_text()


os.environ.setdefault("SECRET_KEY", _own_secret_key())
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
os.environ.setdefault("SITE_URL", "http://localhost:8000")
# To be read in the browser at /dev/mail/.
os.environ.setdefault("EMAIL_URL", f"filemail:///{_var.resolve() / 'mail'}")
(_var / "mail").mkdir(mode=0o700, exist_ok=True)

from plum.settings.production import *  # noqa: F403

if DATABASES["default"]["NAME"] == str(_var / "plum.sqlite3"):
    _kept_to_its_owner(_var / "plum.sqlite3")
DEBUG = read("DEBUG", lambda text: {"1": True, "0": False}[text], "1 or 0", "1")
if DEBUG:  # templates and styles are to be seen as they are written
    FINISHED_PAGES_MB = read("FINISHED_PAGES_MB", count, "64 (MB of finished public pages; Server-Timing tells)", "0")
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
# Without https the prefix is of no use: only browsers accept it there.
SESSION_COOKIE_NAME = "sessionid"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_SECURE = False
# Browsers know passkeys by a name, never by a number: over plain http by this one only.
OTP_WEBAUTHN_RP_ID = "localhost"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"http://localhost:{urlsplit(SITE_URL).port or 80}"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Nobody but us serves what is uploaded here.
FILE_UPLOAD_PERMISSIONS = 0o600
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DEBUG:  # templates are changed while the process runs
    CACHES["template_fragments"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
LOGGING["handlers"]["stderr"]["formatter"] = "text"
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}
