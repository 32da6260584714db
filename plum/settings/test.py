"""Settings for the test suite: as production, but for what would need the world outside or take time."""

import datetime as dt
import os
import tempfile

os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["SITE_URL"] = "https://testserver"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ.setdefault("TASKS_BACKEND", "immediate")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["SENTRY_DSN"] = ""
os.environ.setdefault(
    "ERASURE_LEDGER", os.path.join(tempfile.gettempdir(), f"plum-tests-{os.getpid()}", "ledger.jsonl")
)

from plum.settings.production import *  # noqa: F403

SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    # What a test commits need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
LOGGING["handlers"]["stderr"] |= {"formatter": "text", "level": "ERROR"}
# A test that counts queries is not to depend on how quick the machine is.
FACTS_KEPT = dt.timedelta(minutes=10)
# No thread asks the database beside a test.
WATCH_EVERY = None
