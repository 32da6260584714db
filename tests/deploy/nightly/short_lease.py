"""The settings of production, but what a dead worker held is free again after seconds instead of ten minutes."""

import datetime as dt

from plum.settings.production import *  # noqa: F403

NOTICES_LEASE = dt.timedelta(seconds=8)
NOTICES_RETRY_AFTER = dt.timedelta(seconds=1)
