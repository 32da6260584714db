"""The nudge to the queue. The truth is in our own rows: a task that is lost or runs twice does no harm."""

from django_tasks import task


@task(backend="work")
def work_on_notices() -> None:
    from policies.notices.sending.rounds import work

    work()


def nudge() -> None:
    """Ask a worker to look what is due: staging, ends of holds, sending."""
    work_on_notices.enqueue()
