"""Policies on days of the test's own choosing."""

from tests.policies.reading.conftest import _a_settled_site, history, today  # noqa: F401  (fixtures)
