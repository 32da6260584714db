"""Puts the checks where lower rooms ask: at the door, in the preview, and on the look before an announcement."""

from policies.desk.checking.checking import remark_on
from policies.desk.checking.links import objects
from policies.desk.checking.on_look import checks_on
from policies.desk.look.additions import additions
from policies.versions.assent import objections_of_others
from policies.writing.previews import remarks_on


def register() -> None:
    """Called once, when the app starts; harmless when it starts twice."""
    if objects not in objections_of_others:
        objections_of_others.append(objects)
    if remark_on not in remarks_on:
        remarks_on.append(remark_on)
    if checks_on not in additions:
        additions.append(checks_on)
