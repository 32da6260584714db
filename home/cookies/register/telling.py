"""Puts the register together: what the software declares and what editors added. The page and the policies read it."""

from collections.abc import Iterator

from home.cookies.declared.declarations import ANALYTICS, THE_ANSWER, THE_SWITCH, of_the_cms, of_the_site
from home.cookies.declared.stored import Place, Stored
from home.cookies.models import AddedCookie
from home.cookies.remembering import choices
from policies.versions.kept_on_devices import Kept, tellers


def declared() -> list[Stored]:
    """Return all that may be kept on a device, as the site is set up now."""
    chosen = choices()
    asked = [*([THE_ANSWER, *ANALYTICS] if chosen.analytics_id else []), *([THE_SWITCH] if chosen.counts_pages else [])]
    return [*of_the_site(), *asked, *(added.stored for added in AddedCookie.objects.all()), *of_the_cms()]


def told() -> Iterator[Kept]:
    """Tell policies of it, for the table that stands in them."""
    for stored in declared():
        where = "" if stored.place is Place.COOKIE else f" ({stored.place.label.lower()})"
        name, purpose, when = f"{stored.name}{where}", str(stored.purpose), str(stored.when)
        yield Kept(name, purpose, when, stored.how_long, stored.is_of, stored.of_staff)


def register() -> None:
    """Called once, when the app starts; harmless when it starts twice."""
    if told not in tellers:
        tellers.append(told)
