"""Addresses at which people and programs look without being told."""
