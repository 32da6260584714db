"""Somebody at the edit form of a policy."""

from tests.policies.editing import edith, elsewhere  # noqa: F401  (fixtures)
