"""The nudge to the queue. The truth is in our own rows: a task that is lost or runs twice does no harm."""

from django_tasks import task

from policies.notices.sending.rounds import work


@task(backend="work")
def work_on_notices() -> None:
    """Do one round, and ask for another while there is more to do."""
    if work():
        nudge()


def nudge() -> None:
    """Ask a worker to look what is due: staging, ends of holds, sending."""
    work_on_notices.enqueue()
