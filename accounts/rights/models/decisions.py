"""How a request was decided: what was searched, what is withheld on which ground, and who else must be told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.rights.models.requests import Outcome, RightsRequest


class Health(models.TextChoices):
    """What an answer holds about somebody's health (Data Protection Act 2018, Schedule 3)."""

    NONE = "none", _("It holds no data about health")
    KNOWN = "known", _("It does, and the person knows it already")
    OPINION = "opinion", _("It does, and a health professional says that it does no serious harm")


class Ground(models.TextChoices):
    """Why a part is withheld."""

    ANOTHER_PERSON = "another_person", _("It is about another person (DPA 2018, Schedule 2, paragraph 16)")
    HEALTH = "health", _("It could do serious harm to somebody's health (DPA 2018, Schedule 3)")
    LEGAL_ADVICE = "legal_advice", _("It is legal advice (DPA 2018, Schedule 2, paragraph 19)")
    CRIME = "crime", _("It would hinder the prevention of crime (DPA 2018, Schedule 2, paragraph 2)")
    NEGOTIATIONS = "negotiations", _("It would harm negotiations with you (DPA 2018, Schedule 2, paragraph 23)")
    UNFOUNDED = "unfounded", _("The request is manifestly unfounded (UK GDPR, Article 12(5))")
    EXCESSIVE = "excessive", _("The request is manifestly excessive (UK GDPR, Article 12(5))")
    NEEDED_BY_LAW = "needed_by_law", _("The law requires us to keep it (UK GDPR, Article 17(3)(b))")
    LEGAL_CLAIMS = "legal_claims", _("We need it for legal claims (UK GDPR, Article 17(3)(e))")
    ACCURATE = "accurate", _("We looked, and it is accurate")
    OTHER = "other", _("Another ground, named in the reasons")


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
    not_searched = models.TextField(blank=True, help_text="What was not, and why: UK GDPR, Article 15(1A).")
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


class RecipientTask(models.Model):
    """Somebody who was given the data is to be told of a correction, erasure or restriction: UK GDPR, Article 19."""

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
