"""Comments that are written in the click on “Announce…” are kept, logged and mailed, as with any other save."""

import pytest
from django.core import mail
from wagtail.models import Comment, PageLogEntry, PageSubscription

from tests.making.editing import AMENDMENT, NEW, PUBLISH, form_with
from tests.making.look import look_of
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
A_COMMENT = {
    "comments-TOTAL_FORMS": "1",
    "comments-0-text": "Is that the right day?",
    "comments-0-contentpath": "title",
    "comments-0-position": "",
    "comments-0-id": "",
    **{f"comments-0-replies-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")},
}


@pytest.fixture
def follower(edith):
    """Somebody who asked to hear of comments on the policy."""
    ann = a_person("ann@example.org")
    PageSubscription.objects.create(page=edith.page, user=ann, comment_notifications=True)
    return ann


def test_once_each(edith, editor, follower):
    response = edith.client.post(edith.url, form_with(NEW, **PUBLISH, **AMENDMENT) | A_COMMENT)
    assert response.url == look_of(edith.page)
    comment = Comment.objects.get()
    entry = PageLogEntry.objects.get(action="wagtail.comments.create")
    assert (comment.text, entry.user, entry.revision) == ("Is that the right day?", editor, edith.row.latest_revision)
    (told,) = mail.outbox
    assert (told.to, "Is that the right day?" in told.body) == (["ann@example.org"], True)
    edith.client.get(response.url)
    assert (PageLogEntry.objects.filter(action="wagtail.comments.create").count(), len(mail.outbox)) == (1, 1)


def test_no_comment_tells_nobody(edith, follower):
    edith.presses_announce(NEW)
    assert not PageLogEntry.objects.filter(action__startswith="wagtail.comments").exists()
    assert mail.outbox == []
