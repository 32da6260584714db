"""Policies, editors and days of the test's own choosing."""

from tests.policies.conftest import cms, editor, privacy  # noqa: F401  (fixtures)
from tests.policies.reading.conftest import _a_settled_site, history, today  # noqa: F401
