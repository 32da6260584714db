"""Tells the rooms below who runs the site."""

from accounts.values.organisation import Organisation, know_organisation_by
from home.context import facts


@know_organisation_by
def organisation() -> Organisation:
    return facts().organisation
