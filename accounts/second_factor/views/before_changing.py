"""What every page that changes a factor asks for."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.views.decorators.cache import never_cache

# Signed in, confirmed within the last minutes with everything the person has, and kept by no cache.
changes_a_factor = [login_required, never_cache, reauthentication_required]
