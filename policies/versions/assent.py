"""Who else is asked before a version is announced: rooms above put their objections here, this room knows none.

They fill the list in `AppConfig.ready()`. Each is asked inside `announce()`, where the page's row is locked, and in
`rehearse()`, where it is not; a text that makes no version is not put to them.
"""

from collections.abc import Callable, Iterable

from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal
from policies.versions.refused import AnnouncementRefused

# Takes the proposal, the newest version, withdrawn or not, and the newest that was not withdrawn.
Objection = Callable[[Proposal, PolicyVersion | None, PolicyVersion | None], Iterable[AnnouncementRefused]]

objections_of_others: list[Objection] = []
