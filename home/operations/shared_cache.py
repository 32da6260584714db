"""Redis, without which policies are still read: what is only kept to be quick is looked up anew while it is away.

What counts tries is not forgiven: without limits anybody could try passwords. It raises, and is answered with 503.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache as Strict
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# The beginnings of the keys of facts: all can be looked up, and are good for seconds or minutes.
FACTS: Final = (
    "home.cookies.choices",
    "home.facts",
    "notices.questions",
    "rights.numbers.",
    "wagtail-rendition-",
    "wagtail_locales_display_name",
    "wagtail_site_root_paths",
)


class RedisCache(Strict):
    """Django's, forgiving for facts."""

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            _forgive(key, error)
            return default

    def set(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            _forgive(key, error)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, object]:
        names = list(keys)
        try:
            return super().get_many(names, version)
        except RedisError as error:
            _forgive_all(names, error)
            return {}

    def set_many(
        self, data: Mapping[str, object], timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        try:
            return list(super().set_many(dict(data), timeout, version))
        except RedisError as error:
            _forgive_all(data, error)
            return list(data)

    def add(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        try:
            return bool(super().add(key, value, timeout, version))
        except RedisError as error:
            _forgive(key, error)
            return False

    def delete(self, key: str, version: int | None = None) -> bool:
        try:
            return bool(super().delete(key, version))
        except RedisError as error:
            _forgive(key, error)
            return False


def _forgive_all(keys: Iterable[str], error: RedisError) -> None:
    for key in keys:
        _forgive(key, error)


def _forgive(key: str, error: RedisError) -> None:
    """Go on without Redis where the key is that of a fact.

    Raises:
        RedisError: it is not.
    """
    if not key.startswith(FACTS):
        raise error
    logger.warning("Redis does not answer; a fact is looked up anew", extra={"error": type(error).__name__})
