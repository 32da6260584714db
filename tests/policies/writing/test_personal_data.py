"""What the CMS copies of people's words and numbers is found again: in drafts and in its logs."""

import json

import pytest
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision

from accounts.models import User
from accounts.personal_data.register import kind_of, rows_of, subject_of
from policies.writing.models import PolicyPage
from tests.making.policies import a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> User:
    return User.objects.create_superuser("other@example.org", "a long enough password", first_name="Otto")


@pytest.fixture
def discussed(editor, other) -> PolicyPage:
    """A draft that both commented on, and one replied to the other; then saved by the other."""
    page = a_draft()
    page.owner = editor
    comments = [Comment(user=who, text=f"{who.first_name} COMMENTS", contentpath="title") for who in (editor, other)]
    page.wagtail_admin_comments.add(*comments)
    comments[1].resolved_by = editor
    comments[1].replies.add(CommentReply(user=editor, text="Edith REPLIES"))
    page.save()
    page.save_revision(user=other)
    return page


def erased(key: str, column: str, row, user: User):
    kind = kind_of(key)
    overwrite = next(found for found in kind.columns if found.name == column).erased_as
    return overwrite(row, subject_of(user))


def test_a_draft_saved_by_another_is_found_by_the_page_worked_on(discussed, editor, other):
    assert list(rows_of(kind_of("drafts-of-pages-worked-on"), subject_of(editor))) == list(Revision.objects.all())
    assert not rows_of(kind_of("drafts-written"), subject_of(editor)).exists()
    assert list(rows_of(kind_of("drafts-written"), subject_of(other))) == list(Revision.objects.all())
    assert not rows_of(kind_of("drafts-of-pages-worked-on"), subject_of(other)).exists()


def test_a_persons_words_and_number_are_taken_out_of_a_draft_and_the_others_stay(discussed, editor):
    row = Revision.objects.get()
    after = erased("drafts-of-pages-worked-on", "content", row, editor)
    assert after["owner"] is None
    (comment,) = after["wagtail_admin_comments"]
    assert (comment["text"], comment["resolved_by"], comment["replies"]) == ("Otto COMMENTS", None, [])
    assert "Edith" not in json.dumps(after)
    assert after["sections"] == row.content["sections"]


def test_a_draft_without_the_person_stays_byte_for_byte(discussed, editor):
    stranger = User.objects.create_user("stranger@example.org", "a long enough password")
    row = Revision.objects.get()
    assert json.dumps(erased("drafts-of-pages-worked-on", "content", row, stranger)) == json.dumps(row.content)


def test_where_the_log_of_another_repeats_a_persons_comment_it_is_found_and_only_that_taken_out(
    discussed, editor, other
):
    theirs = Comment.objects.get(user=editor)
    reply = CommentReply.objects.get(user=editor)
    theirs.log_resolve(user=other)
    reply.log_delete(user=other)
    Comment.objects.get(user=other).log_edit(user=other)
    rows = rows_of(kind_of("cms-log-of-your-comments"), subject_of(editor))
    assert [row.action for row in rows] == ["wagtail.comments.resolve", "wagtail.comments.delete_reply"]
    after = [erased("cms-log-of-your-comments", "data", row, editor) for row in rows]
    assert after[0] == {}
    assert after[1]["comment"]["text"] == "Otto COMMENTS"
    assert "reply" not in after[1]


def test_what_a_person_did_is_kept_in_the_log_without_what_they_wrote(discussed, editor):
    Comment.objects.get(user=editor).log_create(user=editor)
    (row,) = rows_of(kind_of("cms-log-of-pages"), subject_of(editor))
    assert "COMMENTS" in json.dumps(row.data)
    assert erased("cms-log-of-pages", "data", row, editor) == {}
    proof = PageLogEntry(data={"sequence": 1, "chain": "abc", "comment": "well done"})
    assert erased("cms-log-of-pages", "data", proof, editor) == {"sequence": 1, "chain": "abc"}


def test_what_staff_did_with_an_account_is_found_by_its_number_and_kind(editor, other):
    from wagtail.log_actions import log

    log(instance=editor, action="wagtail.edit", user=other)
    log(instance=other, action="wagtail.edit", user=other)
    (row,) = rows_of(kind_of("cms-log-of-your-account"), subject_of(editor))
    assert row.label == "Edith"
    columns = {column.name: column.erased_as for column in kind_of("cms-log-of-your-account").erased}
    ModelLogEntry.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    assert (row.label, row.data, row.object_id) == ("An erased account", {}, "")
    assert not rows_of(kind_of("cms-log-of-your-account"), subject_of(editor)).exists()
