"""What values of variables look like: each function takes a text and returns the value, or raises."""

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import environ
from django.core.validators import validate_email

# A password may hold whatever an address may not; it ends at the last @.
PASSWORD = re.compile(r"(?<=://)([^:/@]*):.*@")
IN_A_QUERY = re.compile(r"(?i)([?&][^=&]*(?:pass|key|secret|token)[^=&]*=)[^&]*")


class Wrong(Exception):
    """What is wrong with a value, to be read after the variable's name."""


def without_password(text: str) -> str:
    """Return an address as it may be shown."""
    return IN_A_QUERY.sub(r"\1***", PASSWORD.sub(r"\1:***@", text))


def not_shown(text: str) -> str:
    return "(set, and not shown)"


def host_only(text: str) -> str:
    """Return of an address that is a secret itself where it leads."""
    return f"{urlsplit(text).scheme}://{urlsplit(text).hostname}/***"


def secret(text: str) -> str:
    if len(text) < 50:
        raise Wrong(f"is too short: it has {len(text)} characters")
    if len(set(text)) < 5:
        raise Wrong("is too simple: it is made of fewer than five different characters")
    return text


def secrets(text: str) -> list[str]:
    return [secret(key) for key in text.split()]


def names(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found or any("/" in name or " " in name for name in found):
        raise ValueError("not host names")
    return found


def web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("not a web address")
    return text.rstrip("/")


def heartbeat_address(text: str) -> str:
    """Return where a good round is reported; empty for nowhere."""
    if text and (urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname):
        raise ValueError("not a web address")
    return text


def mail_address(text: str) -> str:
    """Return an address; empty for none."""
    if text:
        validate_email(text)
    return text


def sender_of(domain: str) -> Callable[[str], str]:
    """Return what reads a sender; that of our own domain is taken as it is, a machine's name or number included."""
    return lambda text: text if text.endswith(f"@{domain}") else mail_address(text)


def mailbox(text: str) -> str:
    """Return the address of a mailbox to be read; empty for none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in {"imap", "imaps", "maildir"} or not (parts.hostname or parts.path)):
        raise ValueError("not a mailbox")
    return text


def folder(text: str) -> Path:
    """Return a folder in which this process can write, or which it can make."""
    path = Path(text)
    nearest = next((one for one in (path, *path.absolute().parents) if os.path.exists(one)), path)
    if not nearest.is_dir():
        raise Wrong(f"names {path}, but {nearest} is no folder")
    if not os.access(nearest, os.W_OK | os.X_OK, effective_ids=True):
        raise Wrong(f"names {path}, but the user {os.geteuid()} of this process may not write in {nearest}")
    return path


def count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("negative")
    return number


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("not positive")
    return number


def span(unit: str) -> Callable[[str], dt.timedelta]:
    """Return what reads a whole number of `unit`, such as "minutes"."""
    return lambda text: dt.timedelta(**{unit: positive(text)})


def log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError("no level of logging")
    return text.upper()


def token(text: str) -> str:
    """Return a secret of the deployer's own; empty for none."""
    if text and len(text) < 20:
        raise Wrong(f"is too short: it has {len(text)} of at least 20 characters")
    return text


BACKENDS = {
    "database": "django_tasks_db.DatabaseBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
}


def tasks_backend(text: str) -> str:
    """Return the dotted path of a queue. The package is looked for, not the class: importing it needs the settings."""
    path = BACKENDS.get(text, text)
    if not all(part.isidentifier() for part in path.split(".")):
        raise ValueError("not a dotted path")
    if "." not in path or find_spec(path.split(".")[0]) is None:
        raise Wrong(f"names “{text}”, which is neither known nor installed")
    return path


def database(text: str) -> dict[str, Any]:
    """Return the settings of PostgreSQL or SQLite; SQLite so that two processes can write in turn."""
    if not text.startswith(("postgres", "sqlite")):
        raise ValueError("neither PostgreSQL nor SQLite")
    found = environ.Env.db_url_config(text)
    if not found["NAME"]:
        raise Wrong("names no database")
    if found["ENGINE"].endswith("postgresql"):
        found["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}} | found.get("OPTIONS", {})
        found["CONN_HEALTH_CHECKS"] = True  # of those in the pool, none may outlive a restart of the database
    else:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        found["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas}
        found["CONN_MAX_AGE"] = 60  # seconds; opening takes as long as half a page
    return found


def ledger(text: str) -> Path | str:
    """Return a file, or the address of a database of PostgreSQL that holds nothing else."""
    if "://" not in text:
        return Path(text)
    parts = urlsplit(text)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise Wrong("is neither a file nor a database of PostgreSQL")
    return text


def is_of(database: dict[str, Any], place: Path | str) -> bool:
    """Whether a place is in the site's own database, wherever that is."""
    if isinstance(place, Path) or not database["ENGINE"].endswith("postgresql"):
        return False
    other = environ.Env.db_url_config(place)
    same = [(one["NAME"], one["HOST"] or "", str(one["PORT"] or 5432)) for one in (database, other)]
    return same[0] == same[1]


def bucket(text: str) -> dict[str, Any]:
    """Return the settings of a bucket: its name, a folder in it, and in the query region, endpoint and addressing.

    The keys are not among them: boto3 finds them where it always does, in AWS_ACCESS_KEY_ID or the machine's own role.
    """
    parts, asked = urlsplit(text), dict(parse_qsl(urlsplit(text).query, strict_parsing=bool(urlsplit(text).query)))
    if parts.scheme != "s3" or not parts.hostname or parts.username or {*asked} - {"region", "endpoint", "addressing"}:
        raise ValueError("not a bucket")
    return {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "region_name": asked.get("region"),
        "endpoint_url": asked.get("endpoint"),
        "addressing_style": asked.get("addressing", "auto"),
    }


def cache(text: str) -> dict[str, Any]:
    """Return the settings of a cache; Redis so that pages are read without it."""
    found = environ.Env.cache_url_config(text)
    if "redis" in found["BACKEND"].lower():
        found["BACKEND"] = "home.operations.shared_cache.RedisCache"
    return found


def mail_server(text: str) -> dict[str, object]:
    """Return the settings of a mail server, or of a mail service by the name that django-anymail has for it."""
    scheme, service = text.partition("://")[0], text.partition("://")[0].removeprefix("anymail+")
    if scheme == service:
        return environ.Env.email_url_config(text)
    backend = f"anymail.backends.{service}"
    if not service.isidentifier() or (find_spec("anymail") and not find_spec(backend)):
        raise ValueError("no such mail service")
    return {"EMAIL_BACKEND": f"{backend}.EmailBackend"}


def mail_service(text: str) -> dict[str, object]:
    """Return django-anymail's settings. Most services lack something that others have, and can do without."""
    return {"IGNORE_UNSUPPORTED_FEATURES": True, **json.loads(text)}


def caches_in_front(text: str) -> dict[str, dict[str, object]]:
    """Return Wagtail's setting of caches to purge; a single one may be written without a name."""
    found = json.loads(text)
    named: dict[str, dict[str, object]] = {"default": found} if "BACKEND" in found else found
    for name, cache in named.items():
        if "BACKEND" not in cache:
            raise Wrong(f"says of the cache {name!r} no BACKEND")
    return named
