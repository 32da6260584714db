"""After a commit that changes what the public sees, a worker tells the caches in front; housekeeping tries again."""

from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django_tasks import task
from wagtail.signals import post_page_move

from accounts.chores import Chore, add_chore
from home.caches_in_front.purging import due_now, purge_what_changed
from home.finished_pages.watched import watched_models
from policies.versions.events import after_announcing, after_withdrawing


@task(backend="work")
def tell_caches_in_front() -> None:
    """Tell of what is due. The truth is in the rows of generations: a task that is lost or runs twice does no harm."""
    purge_what_changed()


def nudge() -> None:
    tell_caches_in_front.enqueue()


def after_the_commit(*_: object, **__: object) -> None:
    """Nudge once for each transaction, and only where there is somebody to tell."""
    if settings.WAGTAILFRONTENDCACHE and not any(waiting[1] is nudge for waiting in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)


def register() -> None:
    """Listen for changes, and have what failed tried again. Called once, when the app starts."""
    for model in watched_models():
        for signal in (post_save, post_delete):
            signal.connect(after_the_commit, sender=model, dispatch_uid=f"caches in front: {model._meta.label}")
    after_announcing.listen(after_the_commit)
    after_withdrawing.listen(after_the_commit)
    post_page_move.connect(after_the_commit, dispatch_uid="caches in front")
    add_chore(96, Chore("caches in front", purge_what_changed, how_much_is_due))


def how_much_is_due() -> dict[str, int]:
    return {"parts of the site to purge": len(due_now(timezone.now()))}
