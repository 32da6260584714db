"""What is counted of the site around the policies: enquiries, the pool of connections, backup, certificate."""

import os
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from accounts.figures import Figure, add_figures, gauge, moment
from accounts.personal_data.examining import backed_up_at
from home.contact.models import Enquiry, EnquiryStep
from home.operations.doctor.outside import certificates_end
from home.operations.doctor.place import free_space

HOUR: Final = 3600
POOL: Final = {
    "requests_waiting": "Requests that wait for a connection to the database.",
    "pool_size": "Connections to the database that this process holds.",
    "pool_available": "Those of them that are free.",
}
IN_VAIN: Final = (EnquiryStep.Mail.DUE, EnquiryStep.Mail.GIVEN_UP)


def register() -> None:
    """Have them shown. Called once, when the app starts."""
    add_figures(of_enquiries)
    add_figures(of_the_pool)
    add_figures(of_the_machine)


def of_enquiries() -> Iterator[Figure]:
    new = Enquiry.objects.filter(state=Enquiry.State.NEW).count()
    yield gauge("plum_enquiries_unread", "Enquiries that nobody has answered or closed.", new)
    waiting = EnquiryStep.objects.filter(mail=EnquiryStep.Mail.DUE)
    said = "E-mails to single people that wait, and those of them that were tried in vain."
    yield gauge("plum_mails_waiting", said, waiting.count(), about="enquiries", tried="all")
    in_vain = EnquiryStep.objects.filter(mail__in=IN_VAIN, attempts__gt=0).count()
    yield gauge("plum_mails_waiting", said, in_vain, about="enquiries", tried="in-vain")


def of_the_pool() -> Iterator[Figure]:
    """Of this process alone; PostgreSQL only."""
    pool = getattr(connection, "pool", None) if connection.vendor == "postgresql" else None
    if pool is not None:
        stats = pool.get_stats()
        for name, meaning in POOL.items():
            yield gauge(f"plum_database_{name}", meaning, stats.get(name, 0), process=str(os.getpid()))


def of_the_machine() -> Iterator[Figure]:
    yield moment("plum_last_backup_timestamp_seconds", "When the last whole backup ended; 0 if none.", backed_up_at())
    yield gauge("plum_free_bytes", "Bytes that are left where uploads go.", free_space())
    if urlsplit(settings.SITE_URL).scheme == "https":
        ends = float(cache.get_or_set(f"certificate:{settings.SITE_URL}", _certificates_end, HOUR) or 0)
        yield gauge("plum_certificate_end_timestamp_seconds", "Until when the certificate holds; 0 if none.", ends)


def _certificates_end() -> float:
    """Nobody waits for it more than once an hour."""
    try:
        return certificates_end().timestamp()
    except OSError:
        return 0.0
