"""Gathers the models of the rooms for Django."""

from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage, PolicyPage

__all__ = ["PolicyIndexPage", "PolicyPage", "PolicyVersion"]
