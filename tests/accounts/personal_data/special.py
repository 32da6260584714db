"""How rows are made that cannot be filled field by field: pages and drafts, logs, sessions, and what must be unique."""

import datetime as dt
from dataclasses import replace
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, CommentReply, Page, Revision

from accounts.models import ClosingRequest, User
from accounts.personal_data.register import Kind, kind_of
from accounts.rights.models import ExtraHoliday, RightsRequest
from home.models import StandardPage
from policies.desk.approving.models import OutsideReview, ReviewDuty
from policies.notices.models import Follower
from policies.versions.models import PolicyVersion
from tests.accounts.personal_data.planting import Planted, make_generic
from tests.making.policies import a_document, a_draft, announce


def home() -> Page:
    return Page.objects.get(depth=2)


def a_page(planted: Planted, **fields: Any) -> Page:
    title = planted.text(planted.stays) if fields else planted.plain()
    slug = f"page-{planted.number()}"
    return home().add_child(instance=StandardPage(title=title, slug=slug, draft_title=title, **fields)).page_ptr


def account(kind: Kind, planted: Planted) -> User | None:
    if kind.key in planted.rows:
        return None
    person = planted.person
    for name in ("first_name", "last_name", "preferred_name", "phone", "postal_address"):
        setattr(person, name, planted.text(planted.goes, person._meta.get_field(name).max_length))
    person.save()
    return person


def group(kind: Kind, planted: Planted) -> Any:
    return make_generic(kind, planted, group=Group.objects.create(name=f"Group {planted.number()}"))


def permission(kind: Kind, planted: Planted) -> Any:
    free = Permission.objects.exclude(user=planted.person)
    return make_generic(kind, planted, permission=free.order_by("pk").first())


def closing(kind: Kind, planted: Planted) -> Any:
    over = {"state": ClosingRequest.State.TAKEN_BACK, "ended_at": timezone.now(), "mail_due": ""}
    other = {"person": planted.other, "note": planted.plain()} if kind.key == "closings-for-others" else {}
    return make_generic(kind, planted, **over, **other)


def session(kind: Kind, planted: Planted) -> Any:
    store = SessionStore()
    store["_auth_user_id"], store["note"] = str(planted.person.pk), planted.text(planted.goes)
    store.save()
    UserSession.objects.create(
        user=planted.person, session_key=store.session_key, ip="10.0.0.0", user_agent=planted.text(planted.goes)
    )
    from django.contrib.sessions.models import Session

    return Session.objects.get(pk=store.session_key)


def comment_by(planted: Planted, author: User, text: str, page: Page | None = None) -> Comment:
    return Comment.objects.create(page=page or home(), user=author, text=text, contentpath="body", position="")


def reply(kind: Kind, planted: Planted) -> CommentReply:
    above = comment_by(planted, planted.other, planted.plain())
    return CommentReply.objects.create(comment=above, user=planted.person, text=planted.text(planted.goes))


def subscription(kind: Kind, planted: Planted) -> Any:
    return make_generic(kind, planted, page=a_page(planted))


def page_of_theirs(kind: Kind, planted: Planted) -> Page:
    link = "owner" if kind.key == "pages-created" else "locked_by"
    return a_page(planted, **{link: planted.person, "locked_at": timezone.now()})


def draft(kind: Kind, planted: Planted) -> Revision:
    """One they saved, in which they and a colleague have commented."""
    page = a_page(planted).specific
    page.save_revision(user=planted.person)
    return with_comments(page, planted)


def draft_of_another(kind: Kind, planted: Planted) -> Revision:
    page = a_page(planted).specific
    comment_by(planted, planted.person, planted.text(planted.goes), page.page_ptr)
    page.save_revision(user=planted.other)
    return with_comments(page, planted)


def with_comments(page: Any, planted: Planted) -> Revision:
    theirs, others = planted.person.pk, planted.other.pk
    revision = page.latest_revision
    revision.content["owner"] = theirs
    revision.content["wagtail_admin_comments"] = [
        {"pk": None, "user": theirs, "text": planted.text(planted.goes), "replies": []},
        {
            "pk": None,
            "user": others,
            "text": "Keep this.",
            "resolved_by": theirs,
            "replies": [{"user": theirs, "text": planted.text(planted.goes)}, {"user": others, "text": "And this."}],
        },
    ]
    revision.save()
    return revision


def log_of_pages(kind: Kind, planted: Planted) -> Any:
    said = {"comment": {"id": 0, "text": planted.text(planted.goes)}, "title": "Kept"}
    return make_generic(kind, planted, page=home(), data=said)


def log_of_comment(kind: Kind, planted: Planted) -> Any:
    from wagtail.models import PageLogEntry

    text = planted.text(planted.goes)
    number = comment_by(planted, planted.person, text).pk
    return PageLogEntry.objects.create(
        page=home(),
        content_type=ContentType.objects.get_for_model(Page),
        label="A page",
        action="wagtail.comments.resolve",
        user=planted.other,
        timestamp=timezone.now(),
        data={"comment": {"id": number, "contentpath": "body", "text": text}, "revision": None},
    )


def log_of_things(kind: Kind, planted: Planted) -> Any:
    return make_generic(kind, planted, data={"comment": planted.text(planted.goes), "more": "Kept"})


def log_of_account(kind: Kind, planted: Planted) -> Any:
    from wagtail.models import ModelLogEntry

    return ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(planted.person.pk),
        label=planted.text(planted.goes),
        action="wagtail.edit",
        user=planted.other,
        timestamp=timezone.now(),
        data={"was": planted.text(planted.goes)},
    )


def announced(kind: Kind, planted: Planted) -> PolicyVersion:
    page = a_draft(a_document("cookies are small files", title=planted.plain()), slug=f"policy-{planted.number()}")
    return announce(page, by=planted.person)


def withdrawn(kind: Kind, planted: Planted) -> PolicyVersion:
    page = a_draft(slug=f"policy-{planted.number()}")
    announce(page)
    later = timezone.localdate() + dt.timedelta(days=30)
    version = announce(page, a_document("cookies are gone"), effective_from=later)
    reason = planted.text(planted.stays)
    words = {"withdrawn_at": timezone.now(), "withdrawn_reason": reason, "withdrawn_by": planted.person}
    PolicyVersion.objects.filter(pk=version.pk).update(**words)
    return PolicyVersion.objects.get(pk=version.pk)


def image(kind: Kind, planted: Planted) -> Image:
    file = get_test_image_file(filename=f"{planted.plain()}.png")
    return Image.objects.create(title=planted.text(planted.stays), file=file, uploaded_by_user=planted.person)


def document(kind: Kind, planted: Planted) -> Document:
    file = ContentFile(b"text", name=f"{planted.plain()}.txt")
    return Document.objects.create(title=planted.text(planted.stays), file=file, uploaded_by_user=planted.person)


def review(kind: Kind, planted: Planted) -> OutsideReview:
    """One that somebody at their address was asked for, and gave."""
    page = a_draft(slug=f"policy-{planted.number()}")
    return OutsideReview.objects.create(
        page=page,
        revision=page.save_revision(),
        digest="0" * 64,
        amends=0,
        name=planted.text(planted.goes, 200),
        address=planted.person.email,
        made_by=planted.other,
        until=timezone.now() + dt.timedelta(days=7),
        answer="agrees",
        answered_at=timezone.now(),
        signed_name=planted.text(planted.goes, 200),
        words=planted.text(planted.goes),
    )


def review_claimed(kind: Kind, planted: Planted) -> ReviewDuty:
    page = a_draft(slug=f"policy-{planted.number()}")
    page.save_revision()
    state = page.get_workflow().start(page, None)
    duty = ReviewDuty.of(state.current_task_state)
    ReviewDuty.objects.filter(pk=duty.pk).update(claimed_by=planted.person, claimed_at=timezone.now())
    return ReviewDuty.objects.get(pk=duty.pk)


def enquiry(kind: Kind, planted: Planted) -> Any:
    own = {"reference": f"E-{planted.number()}"[:12], "form_key": f"{planted.number()}"[:32]}
    return make_generic(kind, planted, **own, received_at=timezone.now(), last_message_at=timezone.now())


def follower(kind: Kind, planted: Planted) -> Follower:
    now = timezone.now()
    return Follower.objects.create(address=planted.person.email, confirmed_at=now, came_back_at=now, mail_due_at=now)


def step_of_enquiry(kind: Kind, planted: Planted) -> Any:
    """A note: what is mailed says more of itself. One by staff is about somebody else's enquiry."""
    other = {"enquiry": enquiry(kind_of("enquiries-given"), _nobody(planted))} if kind.of_staff else {}
    return make_generic(kind, planted, **other, what="note", mail="", due_at=None)


def _nobody(planted: Planted) -> Planted:
    return replace(planted, person=planted.other, goes=planted.plain(), stays=planted.plain(), rows={})


def rights_request(kind: Kind, planted: Planted) -> RightsRequest:
    """One that has ended: an open one keeps their address, so that it can be answered."""
    ended = {"kind": "access", "state": "closed", "closed_on": timezone.localdate(), "due_on": None, "address": ""}
    return make_generic(kind, planted, **ended, reference=planted.plain(), once=None)


def about_a_request(kind: Kind, planted: Planted) -> Any:
    """What our staff did about the request of a colleague."""
    return make_generic(kind, planted, **request_of_another(kind, planted))


def request_of_another(kind: Kind, planted: Planted) -> dict[str, Any]:
    known = {"kind": "access", "channel": "letter", "state": "received"}
    if kind.model == "rights.RightsRequest":
        return {**known, "person": planted.other, "reference": planted.plain(), "closed_on": None, "due_on": None}
    request = RightsRequest.objects.create(person=planted.other, **known)
    if kind.model == "rights.Decision":
        return {"request": request, "outcome": "granted"}
    return {"request": request} | ({"side": "staff"} if kind.model == "rights.DueMail" else {})


MAKERS = {
    "account": account,
    "addresses": lambda kind, planted: make_generic(kind, planted, primary=False),
    "closings": closing,
    "closings-for-others": closing,
    "cms-log-of-other-things": log_of_things,
    "cms-log-of-pages": log_of_pages,
    "cms-log-of-your-account": log_of_account,
    "cms-log-of-your-comments": log_of_comment,
    "comment-replies": reply,
    "comments": lambda kind, planted: make_generic(kind, planted, page=home()),
    "comments-resolved": lambda kind, planted: make_generic(kind, planted, page=home()),
    "documents-uploaded": document,
    "drafts-of-pages-worked-on": draft_of_another,
    "drafts-written": draft,
    "enquiries": enquiry,
    "enquiries-answered": step_of_enquiry,
    "enquiries-given": enquiry,
    "enquiry-steps": step_of_enquiry,
    "followers": follower,
    "groups": group,
    "images-uploaded": image,
    "page-subscriptions": subscription,
    "pages-created": page_of_theirs,
    "pages-locked": page_of_theirs,
    "permissions": permission,
    "policies-announced": announced,
    "policies-withdrawn": withdrawn,
    "reviews-claimed": review_claimed,
    "reviews-given": review,
    "rights-added": about_a_request,
    "rights-assigned": about_a_request,
    "rights-decided": about_a_request,
    "rights-deeds": about_a_request,
    "rights-entered": about_a_request,
    "rights-holidays": lambda kind, planted: make_generic(
        kind, planted, day=dt.date(2040, 1, 2) + dt.timedelta(days=ExtraHoliday.objects.count())
    ),
    "rights-mails": lambda kind, planted: make_generic(kind, planted, side="person", about=None),
    "rights-mails-to-staff": about_a_request,
    "rights-requests": rights_request,
    "rights-told": about_a_request,
    "rights-written": about_a_request,
    "rule-of-two-people": lambda kind, planted: make_generic(kind, planted, is_on=False),
    "sessions": session,
}
