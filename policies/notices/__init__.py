"""Telling people of an amendment by mail: whom, with what words, and how it is handed over."""
