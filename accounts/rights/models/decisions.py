"""How a request was decided: what was searched, what is withheld on which ground, and who else must be told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.rights.models.requests import Outcome, RightsRequest
from accounts.values.country import LAW
from accounts.values.wording import Words


class Health(models.TextChoices):
    """What an answer holds about somebody's health: `LAW.HEALTH`."""

    NONE = "none", _("It holds no data about health")
    KNOWN = "known", _("It does, and the person knows it already")
    OPINION = "opinion", _("It does, and a health professional says that it does no serious harm")


class Ground(models.TextChoices):
    """Why a part is withheld. The law of the country has the words with the provision: `in_words`."""

    ANOTHER_PERSON = "another_person", _("It is about another person")
    HEALTH = "health", _("It could do serious harm to somebody's health")
    LEGAL_ADVICE = "legal_advice", _("It is legal advice")
    CRIME = "crime", _("It would hinder the prevention of crime")
    NEGOTIATIONS = "negotiations", _("It would harm negotiations with you")
    UNFOUNDED = "unfounded", _("The request is manifestly unfounded")
    EXCESSIVE = "excessive", _("The request is manifestly excessive")
    NEEDED_BY_LAW = "needed_by_law", _("The law requires us to keep it")
    LEGAL_CLAIMS = "legal_claims", _("We need it for legal claims")
    ACCURATE = "accurate", _("We looked, and it is accurate")
    OTHER = "other", _("Another ground, named in the reasons")

    @property
    def in_words(self) -> Words:
        """Return how people read it, with the provision where there is one."""
        return LAW.GROUNDS.get(self.value, self.label)


class Decision(AppendOnlyModel):
    """One decision. The newest stands: a request that is opened again is decided again."""

    NEVER_CHANGED = "Decisions are never changed. Open the request again and decide anew."
    NEVER_DELETED = "Decisions are deleted with their request only."

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.TextField(blank=True)
    searched = models.TextField(blank=True, help_text="What was searched.")
    not_searched = models.TextField(blank=True, help_text="What was not, and why.")
    health = models.CharField(max_length=10, choices=Health, default=Health.NONE)
    opinion_by = models.CharField(max_length=200, blank=True)
    opinion_on = models.DateField(null=True, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="rights_decision_outcome"),
            models.CheckConstraint(
                condition=~Q(health=Health.OPINION) | (~Q(opinion_by="") & ~Q(opinion_on=None)),
                name="rights_decision_opinion_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.REFUSED, Outcome.PARTLY]) | ~Q(reasons=""),
                name="rights_decision_refused_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.outcome}"


class WithheldItem(AppendOnlyModel):
    """One part that is not given, and why. Of another person's data, the five things the law asks to weigh."""

    NEVER_CHANGED = "What was decided is never changed. Open the request again and decide anew."
    NEVER_DELETED = "What was decided is deleted with its request only."

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="withheld")
    part = models.CharField(max_length=300)
    ground = models.CharField(max_length=20, choices=Ground)
    explanation = models.TextField(blank=True)
    type_of_information = models.TextField(blank=True)
    duty_of_confidentiality = models.TextField(blank=True)
    steps_to_seek_consent = models.TextField(blank=True)
    capability_to_consent = models.TextField(blank=True)
    express_refusal = models.TextField(blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(ground=Ground.ANOTHER_PERSON)
                | (
                    ~Q(type_of_information="")
                    & ~Q(duty_of_confidentiality="")
                    & ~Q(steps_to_seek_consent="")
                    & ~Q(capability_to_consent="")
                    & ~Q(express_refusal="")
                ),
                name="rights_withheld_five_factors",
            ),
        ]

    def __str__(self) -> str:
        return f"withheld item {self.pk}"

    def get_ground_in_words(self) -> Words:
        return Ground(self.ground).in_words


class RecipientTask(models.Model):
    """Somebody who was given the data is to be told of a correction, erasure or restriction: `LAW.RECIPIENTS`."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="recipient_tasks")
    recipient = models.CharField(max_length=300)
    what = models.CharField(max_length=300, help_text="Which kind of data.")
    made_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True, help_text="How, or why it is impossible.")

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"task {self.pk}"
