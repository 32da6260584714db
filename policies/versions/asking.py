"""What a version asks of people with an account: nothing, that they acknowledge it, or that they accept it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class AsksFor(models.TextChoices):
    NOTHING = "", _("Nothing")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement: people say that they have read it")
    ACCEPTANCE = "acceptance", _("Acceptance: people say that they agree to it")


# What an amendment may say instead of an AsksFor: whoever agreed to an earlier version is not asked again.
NOBODY_AGAIN = "nobody-again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a draft asks for: the policy's own choices, and this amendment's, with its reason.

    `asks_for` is an AsksFor; `this_time` one as well, or NOBODY_AGAIN, or empty for what the policy asks.
    `grace_days` are the days, from the day in force, in which people may put off the answer. `least_age` is the age
    in years that people state with their acceptance; None for no such statement.
    """

    asks_for: str = ""
    this_time: str = ""
    because: str = ""
    grace_days: int = 0
    least_age: int | None = None


NOTHING = Asking()


class AskedOfPeople(models.Model):
    """The part of a version that says what it asks. Frozen with it."""

    asks_for = models.CharField(max_length=15, choices=AsksFor, blank=True, default="")
    asks_anew = models.BooleanField(default=False, help_text="Whether those are asked who agreed to an earlier one.")
    asks_because = models.TextField(blank=True, default="")
    grace_days = models.PositiveSmallIntegerField(default=0, help_text="From the day in force.")
    least_age = models.PositiveSmallIntegerField(null=True, help_text="In years, stated with an acceptance.")

    class Meta:
        abstract = True


def objections_to(asking: Asking, *, is_correction: bool) -> Iterator[tuple[str, str]]:
    """Yield what speaks against asking so, in words, with the field to mend."""
    if asking.this_time and is_correction:
        yield (
            gettext("A correction asks nobody anew. Leave this as the policy has it, or call it an amendment."),
            ("asks_this_time"),
        )
    elif asking.this_time and not asking.because.strip():
        yield gettext("Say why this amendment asks otherwise than the policy: readers see it."), "asks_because"
    if asking.least_age and AsksFor.ACCEPTANCE not in {asking.asks_for, asking.this_time}:
        yield gettext("An age is stated with an acceptance. Ask for acceptance, or leave the age empty."), "least_age"


def asked(asking: Asking, before: AskedOfPeople | None, *, is_correction: bool) -> dict[str, object]:
    """Return the fields of `AskedOfPeople` for a new version.

    A correction asks newcomers for what the version before it asked, and nobody anew.
    """
    if is_correction and before:
        kept = {name: getattr(before, name) for name in ("asks_for", "grace_days", "least_age")}
        return kept | {"asks_anew": False, "asks_because": ""}
    again = asking.this_time != NOBODY_AGAIN
    asks_for = asking.this_time if again and asking.this_time else asking.asks_for
    return {
        "asks_for": asks_for,
        "asks_anew": bool(asks_for) and again,
        "asks_because": asking.because.strip(),
        "grace_days": asking.grace_days if asks_for else 0,
        "least_age": asking.least_age if asks_for == AsksFor.ACCEPTANCE else None,
    }


def facts_of(version: AskedOfPeople) -> dict[str, object]:
    """Return what the chain covers of it: nothing where nothing is asked, so that older chains stay as they are."""
    facts = {
        "for": str(version.asks_for),
        "anew": version.asks_anew,
        "because": version.asks_because,
        "grace_days": version.grace_days,
        "least_age": version.least_age,
    }
    return {"asks": facts} if any(facts.values()) else {}
