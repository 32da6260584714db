"""Reads a policy from a file and accounts for every word of it."""

from policies.texts.importing.errors import UnreadablePolicy, WithoutSections
from policies.texts.importing.reader import Imported, read_policy, read_policy_data
from policies.texts.importing.report import Change, Report

__all__ = ["Change", "Imported", "Report", "UnreadablePolicy", "WithoutSections", "read_policy", "read_policy_data"]
