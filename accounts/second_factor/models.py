"""Recovery codes, of which only hashes are kept. Authenticator apps and passkeys are django-otp's own models."""

import secrets
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django_otp.models import Device, ThrottlingMixin, TimestampMixin

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # 31 symbols, none that looks like another
LOOKUP, LENGTH, COUNT = 4, 16, 10  # symbols in clear, symbols in all (79 bits, 59 of them hashed), codes


class RecoveryDevice(TimestampMixin, ThrottlingMixin, Device):
    """A person's set of one-time recovery codes. Made with their first real factor, deleted with the last.

    As django-otp's StaticDevice, whose tokens stand in clear text in the table (ASVS 5.0, 6.5.2).
    """

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user",), name="second_factor_one_set_of_codes"),)

    def get_throttle_factor(self) -> float:
        return 1

    @transaction.atomic
    def generate(self) -> list[str]:
        """Replace all codes and return the new ones, in groups of four; they are never to be had again."""
        plain = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
        self.codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(device=self, lookup=code[:LOOKUP], hash=make_password(code[LOOKUP:])) for code in plain
        )
        return [in_groups(code, "-") for code in plain]

    def verify_token(self, token: Any) -> bool:
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
        """Compute one hash a try: the symbols in clear say which code is meant."""
        candidates = self.codes.filter(lookup=code[:LOOKUP])
        found = next((one for one in candidates if check_password(code[LOOKUP:], one.hash)), None)
        return found is not None and found.delete()[0] == 1


class RecoveryCode(models.Model):
    """One code not used yet. Deleted when it is used or when new ones are made."""

    device = models.ForeignKey(RecoveryDevice, related_name="codes", on_delete=models.CASCADE)
    lookup = models.CharField(max_length=8, db_index=True)
    hash = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


def clean_code(token: Any) -> str:
    return "".join(symbol for symbol in str(token).lower() if symbol.isalnum())


def in_groups(text: str, between: str = " ") -> str:
    """Return the text in groups of four, as people read and type it."""
    return between.join(text[i : i + 4] for i in range(0, len(text), 4))
