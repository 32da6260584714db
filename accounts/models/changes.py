"""What was changed in a person's details: shown to them, so that nobody changes them unseen."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class DetailChange(models.Model):
    """One field of a person's details got another value. Only added; goes with the person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="detail_changes")
    field = models.CharField(max_length=50)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, help_text="When a link to the old address undid it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text="Who changed it."
    )

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "-at"), name="accounts_change_of_person"),)

    def __str__(self) -> str:
        return f"change {self.pk}: {self.field}"

    @property
    def label(self) -> str:
        """The field's name in the words of the form, with a capital."""
        name = str(getattr(type(self.person)._meta.get_field(self.field), "verbose_name", self.field))
        return name[:1].upper() + name[1:]

    @property
    def by_someone_else(self) -> bool:
        return self.by_id != self.person_id
