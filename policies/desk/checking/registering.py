"""Puts the checks where lower rooms ask: at the door, and in the preview."""

from policies.desk.checking.checking import remark_on
from policies.desk.checking.links import objects
from policies.versions.assent import objections_of_others
from policies.writing.previews import remarks_on


def register() -> None:
    """Called once, when the app starts; harmless when it starts twice."""
    if objects not in objections_of_others:
        objections_of_others.append(objects)
    if remark_on not in remarks_on:
        remarks_on.append(remark_on)
