"""The site's own application as the web server calls it, and the store in front of it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from plum.finished import reader
from tests.making.finished_pages import a_store


@pytest.fixture
def django():
    """Django as the web server calls it; the end of a request leaves the test's own connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def store(django):
    made = a_store(django)
    made.reader = reader()
    return made
