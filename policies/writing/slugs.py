"""Keeps policies off the addresses of the pages that stand beside them under /policies/."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

TAKEN = frozenset({"feed", "follow", "review"})


class HasAnAddressOfItsOwn(models.Model):
    """Refuses the slugs of those pages, in a draft as well, which Wagtail checks less."""

    slug: "models.Field[str, str]"

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises: ValidationError: the slug is taken."""
        super().clean()
        check_slug(self.slug)

    def minimal_clean(self) -> None:
        """Raises: ValidationError: the slug is taken."""
        super().minimal_clean()  # type: ignore[misc]
        check_slug(self.slug)


def check_slug(slug: str) -> None:
    """Raises: ValidationError: another page under /policies/ has it."""
    if slug in TAKEN:
        words = gettext("“%(slug)s” is the address of another page under /policies/. Choose another one.") % {
            "slug": slug
        }
        raise ValidationError({"slug": words})
