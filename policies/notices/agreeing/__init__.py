"""Asking people to acknowledge or accept a version, where its editors chose to. Nothing is ever inferred."""
