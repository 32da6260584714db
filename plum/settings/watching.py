"""Who is told how the site is."""

import datetime as dt

from plum.settings import shapes
from plum.settings.environment import read

# Asked after each good round of the housekeeping: a service that misses it writes to whoever runs the site.
HEARTBEAT_URL = read(
    "HEARTBEAT_URL", shapes.heartbeat_address, "https://hc.example.org/ping/a-long-secret", "", shapes.host_only
)
# Without one, /metrics answers only programs on this machine that come past every proxy.
METRICS_TOKEN = read(
    "METRICS_TOKEN", shapes.token, "20 or more random characters, such as `openssl rand -base64 24` prints", "",
    shapes.not_shown,
)  # fmt: skip
# How often each process of the web server looks whether the housekeeping is alive, which cannot tell that itself.
WATCH_EVERY: dt.timedelta | None = dt.timedelta(minutes=1)
