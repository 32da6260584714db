"""Recovery codes, of which only hashes are kept. Authenticator apps and passkeys are django-otp's own models."""

import hashlib
import secrets

from django.db import models, transaction
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin, TimestampMixin

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # 31 symbols, none that looks like another
LENGTH, COUNT = 24, 10  # symbols of a code (118 bits), codes of a set


class RecoveryDevice(TimestampMixin, ThrottlingMixin, Device):
    """A person's set of one-time recovery codes. Made with their first real factor, deleted with the last.

    Like django-otp's StaticDevice, whose tokens stand in clear text in the table (ASVS 5.0, 6.5.2).
    """

    made_at = models.DateTimeField(default=timezone.now, help_text="When the codes that count were made.")
    kept_at = models.DateTimeField(null=True, help_text="When the person said that they have kept them.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user",), name="second_factor_one_set_of_codes"),)

    def get_throttle_factor(self) -> float:
        return 1

    @transaction.atomic
    def generate(self) -> list[str]:
        """Replace all codes and return the new ones, in groups of four; nothing can show them again."""
        plain = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
        self.codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(device=self, hash=self.hash_of(code)) for code in plain)
        self.made_at, self.kept_at = timezone.now(), None
        self.save(update_fields=["made_at", "kept_at"])
        return [in_groups(code, "-") for code in plain]

    def hash_of(self, code: str) -> str:
        """Hash a code, bound to this set.

        Codes of 112 bits and more need no slow password hash and no salt: nobody can try them all
        (NIST SP 800-63B-4, 3.1.2.2; ASVS 5.0, 6.5.2).
        """
        return hashlib.sha256(f"recovery code:{self.pk}:{code}".encode()).hexdigest()

    def verify_token(self, token: object) -> bool:
        """Use up one code. The caller holds the row's lock, as django_otp.verify_token() does."""
        if not self.verify_is_allowed()[0]:
            return False
        if not self._use_up(clean_code(token)):
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True

    def _use_up(self, code: str) -> bool:
        return self.codes.filter(hash=self.hash_of(code)).delete()[0] == 1


class RecoveryCode(models.Model):
    """One code not used yet. Deleted when it is used or when new ones are made."""

    device = models.ForeignKey(RecoveryDevice, related_name="codes", on_delete=models.CASCADE)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("device", "hash"), name="second_factor_codes_differ"),)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


def clean_code(token: object) -> str:
    return "".join(symbol for symbol in str(token).lower() if symbol.isalnum())


def in_groups(text: str, between: str = " ") -> str:
    """Return the text in groups of four, as people read and type it."""
    return between.join(text[i : i + 4] for i in range(0, len(text), 4))
