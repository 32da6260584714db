"""Two workers that see each other only through the database share one notice without a double.

Each runs in a network namespace of its own, with its own address; a relay on the host leads from there to PostgreSQL
and to the mail server. Needs root and `ip`. Run from the root of the tree, with an empty PostgreSQL database:

    DATABASE_URL=… DJANGO_SETTINGS_MODULE=plum.settings.test python -m tests.bench.two_machines
"""

# ruff: noqa: E402

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from policies.notices.models import Delivery
from policies.writing.models import PolicyPage
from tests.bench.namespaces import Relay, machine
from tests.making.mailing import many_people
from tests.making.notices import a_sending_notice
from tests.making.policies import a_draft, announce
from tests.policies.notices.crew import a_crew, a_sink, check

MAILS, CONNECTIONS, LEASE = 20_000, 8, 60.0
MACHINES = ("a", "b")


def main() -> None:
    where = connection.settings_dict
    assert connection.vendor == "postgresql", "two machines need PostgreSQL"
    call_command("migrate", verbosity=0)
    page = a_draft()
    announce(page)
    many_people(MAILS)
    notice = a_sending_notice(PolicyPage.objects.get(pk=page.pk))
    connection.close()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        sink = stack.enter_context(a_sink(Path(folder) / "taken"))
        crews = []
        for number, name in enumerate(MACHINES):
            host = stack.enter_context(machine(name, number))
            Relay(host, 5432, int(where["PORT"] or 5432))
            Relay(host, 2525, sink.port)
            url = f"postgres://{where['USER']}:{where['PASSWORD']}@{host}:5432/{where['NAME']}"
            within = ("ip", "netns", "exec", f"plum-{name}")
            crews.append(
                stack.enter_context(a_crew(url, 2525, lease=LEASE, connections=CONNECTIONS, host=host, within=within))
            )
        began = time.monotonic()
        for crew in crews:
            crew.start()
        for crew in crews:
            crew.wait(300)
        check(sink, people=MAILS, repeated_at_most=0)
        seconds = time.monotonic() - began
    notice.refresh_from_db()
    shares = Delivery.objects.filter(notice=notice, state="sent").values_list("worker").annotate(Count("pk"))
    assert (notice.state, notice.sent, len(shares)) == ("done", MAILS, 2)
    by = " and ".join(f"{count:,}" for _, count in shares)
    sys.stdout.write(f"{MAILS:,} mails by two machines: {by}; none twice, none lost, in {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
