"""Reviews by people without an account: asked by a signed link, for one digest, for some days; answered once."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from accounts.values.organisation import organisation
from accounts.values.wording import moment_in_words
from policies.desk.approving.draft import newest_draft
from policies.desk.approving.mailing import write_to, write_to_address
from policies.desk.approving.models import OutsideReview, ReviewAnswer
from policies.writing.models import PolicyPage

ASK = "policies.ask_outsiders"
LONGEST = 60  # days


class NotAnswerable(Exception):
    """A review takes no answer, or no answer any more; the words say why, without a word of the draft."""


def ask_outsider(page: PolicyPage, *, name: str, address: str, days: int, by: User) -> OutsideReview:
    """Ask somebody without an account to look at the newest draft; write to them if an address is given.

    Args:
        page: the policy.
        name: who is asked.
        address: where to; nothing if the link is handed over in another way.
        days: for how long the link works, at most LONGEST.
        by: who asks.

    Raises:
        PermissionDenied: this person may not ask outsiders, or not edit the policy.
        AnnouncementRefused: there is no draft.
    """
    _check(page, by)
    if not 1 <= days <= LONGEST:
        raise ValueError(f"A link works for 1 to {LONGEST} days.")
    with transaction.atomic():
        draft = newest_draft(page.pk, by=by, locked=True)
        review = OutsideReview.objects.create(
            page=page, revision=draft.revision, digest=draft.digest, amends=draft.amends, name=name, address=address,
            made_by=by, until=timezone.now() + dt.timedelta(days=days),
        )  # fmt: skip
        log(instance=page, action="policies.review_asked", user=by, revision=draft.revision, data={"review": review.pk})
        if address:
            words = {"page": page, "review": review, "link": link_of(review), "until": moment_in_words(review.until)}
            write_to_address(address, "review_asked", {**words, "organisation": organisation().name})
    return review


def take_back(review: OutsideReview, *, by: User) -> None:
    """End a link before its time. An answer given before stays, and does not count any more.

    Raises:
        PermissionDenied: this person may not ask outsiders, or not edit the policy.
    """
    _check(review.page, by)
    with transaction.atomic():
        fresh = OutsideReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if fresh.revoked_at is None and fresh.version_id is None:
            fresh.revoked_at, fresh.revoked_by = timezone.now(), by
            fresh.save(update_fields=["revoked_at", "revoked_by"])
            log(instance=review.page, action="policies.review_taken_back", user=by, data={"review": review.pk})


def _check(page: PolicyPage, by: User) -> None:
    if not by.has_perm(ASK) or not page.permissions_for_user(by).can_edit():
        raise PermissionDenied


def link_of(review: OutsideReview) -> str:
    """Return the path of the page for the outsider. It can be made again from the row, so nothing secret is stored."""
    return reverse("policies:review", args=[_signer().sign(str(review.pk))])


def review_behind(token: str) -> OutsideReview | None:
    """Return the review that a link is about; None where it was not made by us."""
    try:
        number = int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return OutsideReview.objects.select_related("page", "version").filter(pk=number).first()


def why_closed(review: OutsideReview) -> str:
    """Say why a review shows no draft; nothing where it shows one and takes an answer."""
    if review.revoked_at:
        return gettext("This link was taken back. If you expected to look at a draft, ask whoever sent it to you.")
    if review.version_id:
        return gettext("What you were asked about was announced meanwhile.")
    if review.answer:
        return gettext("Thank you: your answer was kept. Nothing more is to be done.")
    if not review.is_open:
        return gettext("This link has ended. If you still want to answer, ask whoever sent it to you for a new one.")
    if not is_still_the_draft(review):
        return gettext(
            "The draft was changed since, so this is no longer the draft in question. You may be sent a new link."
        )
    return ""


def is_still_the_draft(review: OutsideReview) -> bool:
    """Whether the newest draft says exactly what the reviewer was asked about, against the same version."""
    draft = newest_draft(review.page_id)
    return (draft.digest, draft.amends) == (review.digest, review.amends)


def answer_review(review: OutsideReview, answer: ReviewAnswer, *, name: str, words: str) -> None:
    """Keep an outsider's answer, and tell whoever asked.

    Raises:
        NotAnswerable: it was answered before, was taken back, has ended, or the draft is another one.
    """
    with transaction.atomic():
        PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=review.page_id)
        fresh = OutsideReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if closed := why_closed(fresh):
            raise NotAnswerable(closed)
        fresh.answer, fresh.answered_at = answer, timezone.now()
        fresh.signed_name, fresh.words = name.strip(), words.strip()
        fresh.save(update_fields=["answer", "answered_at", "signed_name", "words"])
        data = {"review": review.pk, "answer": answer.value}
        log(instance=fresh.page, action="policies.review_answered", revision=fresh.revision, data=data)
        agrees = answer == ReviewAnswer.AGREES
        asked_by = [fresh.made_by] if fresh.made_by else []
        write_to(asked_by, "review_answered", {"page": fresh.page, "review": fresh, "agrees": agrees})


def _signer() -> Signer:
    return Signer(salt="policies.desk.approving.outsiders.reviewing", sep=".")
