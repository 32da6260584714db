"""What happens to a version, told to rooms above this one: they listen from `AppConfig.ready()`, this room knows none.

`after_announcing` and `after_withdrawing` run inside the transaction and let errors through: a notice that cannot be
made takes the version with it. `shown` runs when a page has shown a version to somebody.
"""

from collections.abc import Callable
from typing import Generic, ParamSpec

from django.core.checks import CheckMessage, Warning, register
from django.http import HttpRequest

from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal

P = ParamSpec("P")


class Event(Generic[P]):
    """Something that can happen, and who wants to hear of it."""

    def __init__(self, name: str, when_silent: str) -> None:
        """Args:
        name: as in `policies.versions.events`.
        when_silent: what an installation goes without if nobody listens; a system check says it.
        """
        self.name, self.when_silent = name, when_silent
        self.listeners: list[Callable[P, object]] = []

    def listen(self, listener: Callable[P, object]) -> Callable[P, object]:
        """Have a function called with what happened, after those that listened before; once, however often asked."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every listener.

        Raises:
            Exception: whatever a listener raises; the listeners after it are not called.
        """
        for listener in self.listeners:
            listener(*args, **kwargs)


after_announcing: Event[PolicyVersion, Proposal] = Event("after_announcing", "Nobody is told of amendments.")
after_withdrawing: Event[PolicyVersion] = Event("after_withdrawing", "Notices of withdrawn versions go on.")
shown: Event[HttpRequest, PolicyVersion] = Event("shown", "It is not recorded who has seen which version.")
EVENTS = (after_announcing, after_withdrawing, shown)


@register()
def somebody_listens(app_configs: object = None, **_: object) -> list[CheckMessage]:
    """Warn of events that nobody hears: a choice where notices are not installed, a fault elsewhere."""
    return [
        Warning(
            f"Nobody listens to the event “{event.name}” of policy versions. {event.when_silent}",
            hint="Put `policies.notices` into INSTALLED_APPS, or silence this check if that is what you want.",
            id="policies.W003",
        )
        for event in EVENTS
        if not event.listeners
    ]
