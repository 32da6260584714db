"""Serves the plain Wagtail site, as its project template does."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
