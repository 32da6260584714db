"""What was changed in a person's details: shown to them, so that nobody changes them unseen."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.values.telephone import telephone_in_words


class DetailChange(models.Model):
    """One field of a person's details got another value. Only added to; goes with the person.

    Only the person can take the two values out: that the field was changed, when and by whom stays.
    """

    class Field(models.TextChoices):
        EMAIL = "email", _("E-mail address")
        FIRST_NAME = "first_name", _("First name")
        LAST_NAME = "last_name", _("Last name")
        PREFERRED_NAME = "preferred_name", _("What we should call you")
        PHONE = "phone", _("Telephone")
        POSTAL_ADDRESS = "postal_address", _("Postal address")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="detail_changes")
    field = models.CharField(max_length=50, choices=Field)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, help_text="When a link to the old address undid it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text="Who changed it."
    )

    mail_due_at = models.DateTimeField(
        null=True, help_text="When to try again to tell the old address; nothing once it was told."
    )
    taken_out_at = models.DateTimeField(null=True, help_text="When the person took the values out of this list.")

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "-at"), name="accounts_change_of_person"),)

    def __str__(self) -> str:
        return f"change {self.pk}: {self.field}"

    @property
    def before(self) -> str:
        """The old value as people write it."""
        return self._shown(self.old)

    @property
    def after(self) -> str:
        return self._shown(self.new)

    def _shown(self, value: str) -> str:
        return telephone_in_words(value) if self.field == self.Field.PHONE else value

    @property
    def can_be_taken_out(self) -> bool:
        """Whether the person may take the values out. Not addresses: they show whether somebody took the account."""
        return self.field != self.Field.EMAIL and self.taken_out_at is None

    @property
    def by_someone_else(self) -> bool:
        return self.by_id != self.person_id
