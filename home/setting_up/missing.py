"""What a site still lacks before people can rely on it; the CMS and the commands say the same."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.models import User
from accounts.second_factor.factors import who_have_a_factor
from accounts.values.wording import Words, day_in_words
from home.organisation.models import Organisation
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

# Of its own accord nobody remembers a day in a year: two months are time to renew it.
RENEW_BEFORE: Final = dt.timedelta(days=60)
NEEDED: Final = {
    "name": _("The name of the organisation: it stands on every page and in every mail."),
    "postal_address": _("A postal address, to which people can write."),
    "email": _("An e-mail address, to which people can write."),
}
PRIVACY: Final = "privacy"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing, why it is needed, and the page of the CMS where it is done."""

    words: Words
    url: str
    link: str


def what_is_missing() -> list[Missing]:
    row = organisations_row()
    return [*_of_the_organisation(row), *_of_people(), *_of_policies(), *_of_security(row)]


def organisations_row() -> Organisation:
    """Return the setting as it is kept; an empty one, unsaved, where nobody has saved it yet."""
    site = Site.objects.filter(is_default_site=True).first()
    return Organisation.objects.filter(site=site).first() or Organisation(site=site)


def _of_the_organisation(row: Organisation) -> Iterator[Missing]:
    for field, words in NEEDED.items():
        if not getattr(row, field):
            yield Missing(words, _settings_page(row), gettext("Say who you are"))


def _of_people() -> Iterator[Missing]:
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    if not who_have_a_factor(administrators).exists():
        yield Missing(
            gettext(
                "An administrator who has signed in and set up a second factor: until then nobody can let others in."
            ),
            reverse("accounts:security"),
            gettext("Set it up"),
        )


def _of_policies() -> Iterator[Missing]:
    today = timezone.localdate()
    if not PolicyVersion.objects.outline().in_force(on=today).filter(slug=PRIVACY).exists():
        draft = PolicyPage.objects.filter(slug=PRIVACY).first()
        yield Missing(
            gettext(
                "A privacy policy in force, at /policies/privacy/: the law asks for one where people can open accounts."
            ),
            reverse("wagtailadmin_pages:edit", args=[draft.pk]) if draft else reverse("policies_cms:import"),
            gettext("Write or import it"),
        )


def security_words() -> Iterator[Missing]:
    """Say when security.txt ends, from two months before."""
    return _of_security(organisations_row())


def _of_security(row: Organisation) -> Iterator[Missing]:
    if row.security_until is None or row.security_until - timezone.localdate() > RENEW_BEFORE:
        return
    past = row.security_until < timezone.localdate()
    day = day_in_words(row.security_until)
    ends = (
        gettext("ended on %(day)s and is not shown") % {"day": day}
        if past
        else gettext("ends on %(day)s") % {"day": day}
    )
    yield Missing(
        gettext("A new day until which the words on weaknesses of the site hold: security.txt %(ends)s.")
        % {"ends": ends},
        _settings_page(row),
        gettext("Choose a day"),
    )


def _settings_page(row: Organisation) -> str:
    return reverse("wagtailsettings:edit", args=["home", "organisation", row.site_id]) if row.site_id else "/cms/"
