"""A bucket in which several machines keep what people bring in. Nobody but the site reads it.

Needs `pip install django-storages[s3]`; without MEDIA_STORE nothing imports this.
"""

from typing import Final

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

# Somebody waits for a page: what does not answer by then is said to be away.
CONNECT_SECONDS: Final = 3
READ_SECONDS: Final = 20


class Bucket(S3Storage):
    """django-storages' own. Nothing is written over, and addresses are the site's, which asks who may read."""

    def get_default_settings(self) -> dict[str, object]:
        return {**super().get_default_settings(), "file_overwrite": False}

    def __init__(self, *, addressing_style: str = "auto", **options: object) -> None:
        config = Config(
            s3={"addressing_style": addressing_style},
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": 2},
            # What is like S3 knows no newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, **options)

    def url(self, name: str, *_args: object, **_kwargs: object) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(clean_name(name))}"
