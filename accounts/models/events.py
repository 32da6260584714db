"""The security log: what happened to accounts, in words the person understands. Only added to; deleted by age alone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class SecurityEvent(AppendOnlyModel):
    """One thing that happened to an account. `person` is empty for an address nobody has, and after an erasure."""

    NEVER_CHANGED = "Security events are never changed."
    NEVER_DELETED = "Security events are deleted by age only, by accounts.personal_data.retention."

    class Kind(models.TextChoices):
        SIGNED_UP = "signed_up", _("Account created")
        INVITED = "invited", _("Invited by staff")
        INVITATION_ACCEPTED = "invitation_accepted", _("Invitation accepted, password set")
        SIGNED_IN = "signed_in", _("Signed in")
        SIGNED_OUT = "signed_out", _("Signed out")
        SIGNED_OUT_BY_LIMIT = "signed_out_by_limit", _("Signed out because the session was too old or not used")
        PASSWORD_REFUSED = "password_refused", _("A wrong password was entered")
        MAILED_CODE_REFUSED = "mailed_code_refused", _("A wrong mailed code was entered")
        IDENTITY_CONFIRMED = "identity_confirmed", _("Confirmed it was you before a change")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        PASSWORD_RESET_ASKED = "password_reset_asked", _("Link to reset the password asked for")
        PASSWORD_RESET = "password_reset", _("Password reset by a mailed link")
        ADDRESS_CONFIRMED = "address_confirmed", _("E-mail address confirmed")
        ADDRESS_CHANGE_ASKED = "address_change_asked", _("Change of e-mail address asked for")
        ADDRESS_CHANGED = "address_changed", _("E-mail address changed")
        ADDRESS_CHANGE_UNDONE = "address_change_undone", _("Change of e-mail address undone by a mailed link")
        ADDRESS_REPLACED_BY_STAFF = "address_replaced_by_staff", _("E-mail address replaced by staff")
        SESSION_ENDED = "session_ended", _("Session on another device ended")
        FACTOR_GIVEN = "factor_given", _("Second step given")
        FACTOR_REFUSED = "factor_refused", _("A wrong code was entered in the second step")
        FACTOR_ADDED = "factor_added", _("Second step added")
        FACTOR_RENAMED = "factor_renamed", _("Second step renamed")
        FACTOR_REMOVED = "factor_removed", _("Second step removed")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("New recovery codes made")
        RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")
        DATA_DOWNLOADED = "data_downloaded", _("Download of your data started")
        DATA_COPIED_BY_STAFF = "data_copied_by_staff", _("Copy of your data made by staff")
        CLOSING_ASKED = "closing_asked", _("Closing the account asked for")
        CLOSING_TAKEN_BACK = "closing_taken_back", _("Closing the account taken back")
        FACTOR_RESET_BY_STAFF = "factor_reset_by_staff", _("Second step reset and sessions ended by staff")
        ADMINISTRATOR_MADE = "administrator_made", _("Made an administrator by staff")
        ADMINISTRATOR_ENDED = "administrator_ended", _("No longer an administrator, by staff")
        SWITCHED_ON = "switched_on", _("Account switched on by staff")
        SWITCHED_OFF = "switched_off", _("Account switched off by staff")
        ROLE_GIVEN = "role_given", _("Role given by staff")
        ROLE_TAKEN = "role_taken", _("Role taken away by staff")
        ROLE_CHANGED = "role_changed", _("What a role may do changed by staff")

    WARNINGS = frozenset({Kind.PASSWORD_REFUSED, Kind.MAILED_CODE_REFUSED, Kind.FACTOR_REFUSED})

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="security_events"
    )
    kind = models.CharField(max_length=30, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    device = models.CharField(max_length=60, blank=True, help_text="Such as Firefox on Windows.")
    network = models.CharField(max_length=50, blank=True, help_text="Never a full address: the /24 or /48 around it.")
    detail = models.CharField(max_length=100, blank=True, help_text="Which device or step it was about.")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "-at"), name="accounts_event_of_person"),)

    def __str__(self) -> str:
        return f"event {self.pk}: {self.kind}"

    @property
    def is_warning(self) -> bool:
        return self.kind in self.WARNINGS
