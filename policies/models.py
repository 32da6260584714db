"""Gathers the models of the rooms for Django."""

from policies.versions.least_notice import LeastNotice
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage, PolicyPage

__all__ = ["LeastNotice", "PolicyIndexPage", "PolicyPage", "PolicyVersion"]
