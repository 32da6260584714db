"""Reads a policy from a file and accounts for every word of it."""

from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.reader import Imported, read_policy
from policies.texts.importing.report import Change, Report

__all__ = ["Change", "Imported", "Report", "UnreadablePolicy", "read_policy"]
