"""The base of all settings, safe as it stands; dev.py and test.py only relax it."""

import datetime as dt
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.http.request import validate_host

from accounts.values.countries import united_kingdom as country
from accounts.values.organisation import organisations_name
from plum import first_script
from plum.settings import shapes
from plum.settings.environment import BASE_DIR, READ, read, refuse, refuse_misspelt
from plum.settings.languages import *  # noqa: F403
from plum.settings.places import *  # noqa: F403
from plum.settings.shapes import count, positive, span
from plum.settings.statistics import *  # noqa: F403
from plum.settings.wagtail import *  # noqa: F403
from plum.settings.watching import *  # noqa: F403

DEBUG = False
COUNTRY = country.__name__  # law, regulator, bank holidays, time zone, telephone numbers
SECRET_KEY = read(
    "SECRET_KEY",
    shapes.secret,
    "50 or more random characters, such as `openssl rand -base64 48` prints",
    show=shapes.not_shown,
)
SECRET_KEY_FALLBACKS = read(
    "SECRET_KEY_FALLBACKS", shapes.secrets, "the keys used before, with spaces", "", shapes.not_shown
)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", shapes.names, "www.example.org,example.org")
SITE_URL = read("SITE_URL", shapes.web_address, "https://www.example.org")
ORGANISATION_DOMAIN = str(urlsplit(SITE_URL).hostname)
if not validate_host(ORGANISATION_DOMAIN, ALLOWED_HOSTS):
    refuse(
        "ALLOWED_HOSTS",
        f"lacks {ORGANISATION_DOMAIN}, the host of SITE_URL",
        ",".join([*ALLOWED_HOSTS, ORGANISATION_DOMAIN]),
    )
FACTS_KEPT = dt.timedelta(seconds=1)  # what a process knows of the organisation and the menu: others may change it
TRUSTED_PROXIES = read("TRUSTED_PROXIES", count, "1 (how many proxies of yours stand in front; 0 for none)", "0")

DATABASES = {
    "default": read(
        "DATABASE_URL",
        shapes.database,
        "postgres://user:password@localhost:5432/plum or sqlite:////srv/plum/plum.sqlite3",
        f"sqlite:///{VAR_DIR / 'plum.sqlite3'}",
    )
}
# Where a pooler lends connections for one transaction only: the same database past it, for what needs a session.
DATABASE_DIRECT = read(
    "DATABASE_DIRECT_URL",
    lambda text: shapes.database(text) if text else {},
    "postgres://user:password@db.example.org:5432/plum (the database of DATABASE_URL, past a pooler)",
    "",
)
if DATABASE_DIRECT:  # a cursor of the server's ends with the transaction
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
if shapes.is_of(DATABASE_DIRECT or DATABASES["default"], ERASURE_LEDGER):
    refuse(
        "ERASURE_LEDGER",
        "is in the site's own database, so a restore would forget who was erased",
        "postgres://user:password@host:5432/plum_ledger, a database of its own",
    )
CACHES = {
    "default": read("CACHE_URL", shapes.cache, "redis://localhost:6379/0", "locmemcache://"),
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "parts"},
}

EMAIL = read("EMAIL_URL", shapes.mail_server, "smtp+tls://user:password@mail.example.org:587 or anymail+postmark://")
vars().update(EMAIL)
EMAIL_TIMEOUT = read("EMAIL_TIMEOUT", positive, "20 (seconds in which the mail server has to answer)", "20")
# What an organisation says in the CMS goes before it.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read(
    "DEFAULT_FROM_EMAIL",
    shapes.sender_of(ORGANISATION_DOMAIN),
    "policies@example.org",
    f"policies@{ORGANISATION_DOMAIN}",
)

# Notices: a mail server of their own if one is named, and how hard it may be driven.
NOTICES_EMAIL = read(
    "NOTICES_EMAIL_URL",
    lambda text: shapes.mail_server(text) if text else {},
    "smtp+tls://user:password@bulk.example.org:587 or anymail+postmark:// (nothing to use EMAIL_URL)",
    "",
)
USES_ANYMAIL = any(str(server.get("EMAIL_BACKEND", "")).startswith("anymail.") for server in (EMAIL, NOTICES_EMAIL))
NOTICES_CONNECTIONS = read("NOTICES_CONNECTIONS", positive, "8 (connections of each worker to the mail server)", "8")
NOTICES_PER_SECOND = read("NOTICES_PER_SECOND", count, "50 (mails a second, of all workers; 0 for no limit)", "0")
NOTICES_PER_DOMAIN = read("NOTICES_PER_DOMAIN", count, "10 (a second to one domain; 0 for no limit)", "0")
# RFC 5321, 4.5.3.2.6 asks for ten minutes of patience after the dot; a lease must outlast the patience.
NOTICES_TIMEOUT = dt.timedelta(minutes=5)
NOTICES_LEASE = dt.timedelta(minutes=10)
NOTICES_GIVE_UP_AFTER = read(
    "NOTICES_GIVE_UP_HOURS", span("hours"), "72 (hours for which a mail is tried that the server wants later)", "72"
)
NOTICES_RETRY_AFTER = dt.timedelta(minutes=2)
# Where reports of non-delivery go: the delivery's number is put in behind a plus. And how that mailbox is read.
NOTICES_BOUNCE_ADDRESS = read(
    "NOTICES_BOUNCE_ADDRESS", shapes.mail_address, "bounces@example.org (nothing: to the sender)", ""
)
NOTICES_BOUNCE_MAILBOX = read(
    "NOTICES_BOUNCE_MAILBOX",
    shapes.mailbox,
    "imaps://user:password@mail.example.org or maildir:///var/mail/bounces",
    "",
)
# As long as a claim can be made for breach of contract.
NOTICE_DELIVERIES_KEPT = country.LAW.CLAIMS_OF_CONTRACT

# Where else people are asked to agree before they go on: services of your own, which need a sign-in.
AGREEMENTS_ASKED_AT = read("AGREEMENTS_ASKED_AT", str.split, "/portal/ /api/ (paths, with blanks between)", "")

TASKS_BACKEND = read(
    "TASKS_BACKEND",
    shapes.tasks_backend,
    "database, immediate or the dotted path of a django.tasks backend",
    "database",
)
# Wagtail's indexing runs in the request, after the commit; our own work waits in a queue of its own.
TASKS = {
    "default": {"BACKEND": "plum.after_commit.AfterCommitBackend"},
    "work": {"BACKEND": TASKS_BACKEND},
}

if SENTRY_DSN := read("SENTRY_DSN", str, "https://key@sentry.example.org/1", "", shapes.host_only):
    try:
        import sentry_sdk
    except ImportError:
        refuse("SENTRY_DSN", "is set, but sentry-sdk is not installed", "`pip install sentry-sdk`, or leave it empty")
    sentry_sdk.init(SENTRY_DSN, send_default_pii=False)

if USES_ANYMAIL and not find_spec("anymail"):
    refuse(
        "EMAIL_URL or NOTICES_EMAIL_URL",
        "names a mail service, but django-anymail is not installed",
        "`pip install django-anymail`, or smtp+tls://user:password@mail.example.org:587",
    )
# With its webhooks the service tells us what could not be delivered: /anymail/<service>/tracking/.
ANYMAIL = read(
    "ANYMAIL",
    shapes.mail_service,
    '{"POSTMARK_SERVER_TOKEN": "secret", "WEBHOOK_SECRET": "name:password"}',
    "{}",
    shapes.not_shown,
)

INSTALLED_APPS = [
    *(["anymail"] if USES_ANYMAIL else []),
    "home",
    "policies.notices",  # before the policies: people read the kinds of their data in this order
    "policies",
    "accounts",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.cms.apps.UsersConfig",  # Wagtail's users, with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "accounts.rights",
    "accounts.second_factor",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "plum.logs.RequestIdMiddleware",
    "home.pages.moved.MovedForGood",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.statistics.counting.Counting",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "home.contact.harvesters.ShyAddresses",
    "home.cookies.consent.middleware.Consent",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.flows.session_limits.SessionLimits",
    "django_otp.middleware.OTPMiddleware",
    "accounts.second_factor.guard.SecondFactorGuard",  # directly behind OTPMiddleware
    "django.contrib.messages.middleware.MessageMiddleware",
    "policies.notices.agreeing.gate.AgreementGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "home.operations.outage.OutageMiddleware",
    "policies.writing.refusals.RefusalMiddleware",  # asked first: exceptions pass these from the last to the first
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "plum.urls"
WSGI_APPLICATION = "plum.wsgi.application"
FORM_RENDERER = "accounts.personal_data.just_in_time.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", Path(country.__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Nearly every template has words.
            "builtins": ["django.templatetags.i18n", "accounts.templatetags.languages"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site",
                "home.cookies.consent.answers.cookie_choices",
                "policies.notices.reader.banner.banner",
                "policies.notices.agreeing.on_pages.agreeing",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "first_name", "last_name", "preferred_name", "phone"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "accounts.flows.passwords.validators.CommonPasswords",
        "OPTIONS": {
            "password_list_path": BASE_DIR / "accounts" / "flows" / "passwords" / "common.txt.gz",
            "words": str(ORGANISATION_DOMAIN).split("."),
        },
    },
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_RESET_TIMEOUT = 60 * 60

# One sign-in for the whole site.
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# allauth's own limits, and ours for the enquiries.
ACCOUNT_RATE_LIMITS = {"enquiry": "10/h/ip,3/h/key"}
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.AddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_login_code": "accounts.forms.MailedCodeForm",
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "signup": "accounts.forms.SignUpForm",
}
# A write for each request; SessionLimits notes once a minute when a session was used.
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

OTP_TOTP_ISSUER = organisations_name
OTP_TOTP_THROTTLE_FACTOR = 1
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
OTP_WEBAUTHN_RP_ID = ORGANISATION_DOMAIN
OTP_WEBAUTHN_RP_NAME_CALLABLE = "accounts.values.organisation.organisations_name"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [SITE_URL]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False

TIME_ZONE = country.TIME_ZONE
USE_TZ = True

# Security

SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Subdomains and browser lists are for the owner of the whole domain to decide (security.W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_LIMIT = read("SESSION_IDLE_MINUTES", span("minutes"), "60 (minutes until an unused session ends)", "60")
SESSION_ABSOLUTE_LIMIT = read("SESSION_HOURS", span("hours"), "12 (hours until any session ends)", "12")
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_LIMIT.total_seconds())
SECURITY_EVENTS_KEPT = dt.timedelta(days=365)
CLOSING_COOLING_OFF = dt.timedelta(
    days=read("CLOSING_COOLING_OFF_DAYS", count, "14 (days in which closing an account can be taken back)", "14")
)
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_AGE = 365 * 24 * 3600
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Bytes: of a form anywhere, and of everything sent to the CMS, where files are uploaded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
UPLOAD_MAX_SIZE = 100 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# More than a form takes, so that the form can say so; how much comes is limited by the bytes.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

FIRST_SCRIPT = first_script.FIRST_SCRIPT  # templates put it into pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF, first_script.ITS_HASH],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        # The CMS shows previews, which carry the public site's policy, in a frame.
        "frame-ancestors": [SELF],
    }
}

WAGTAILADMIN_BASE_URL = SITE_URL

# Logs: one JSON object in a line, with the ids that the code gives, and nobody's address, name or token.

LOG_LEVEL = read("LOG_LEVEL", shapes.log_level, "INFO (or DEBUG, WARNING, ERROR, CRITICAL)", "INFO")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "plum.logs.JsonLinesFormatter"}, "text": {"()": "plum.logs.TextFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "level": LOG_LEVEL}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would print each line twice, or mail it.
        "django": {"handlers": [], "propagate": True},
        # At DEBUG it prints the values in queries.
        "django.db.backends": {"level": "INFO"},
        "django_tasks": {"level": "WARNING"},
    },
}

VARIABLES = READ  # for whoever shows them
refuse_misspelt()
