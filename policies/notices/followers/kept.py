"""Everything that is kept about an address that follows policies, for its owner."""

from policies.notices.followers.following import followed_with
from policies.notices.models.notices import Delivery


def kept_about(address: str) -> dict[str, object]:
    """Return it as plain values of JSON."""
    followed = list(followed_with(address))
    mails = Delivery.objects.filter(follower__in=followed).select_related("notice__version").order_by("pk")
    mails = mails.defer("notice__message", "notice__version__content", "notice__version__text")
    return {
        "address": address,
        "follows": [
            {
                "what": follower.what,
                "asked_at": follower.asked_at.isoformat(),
                "confirmed_at": follower.confirmed_at.isoformat() if follower.confirmed_at else None,
                "mail_comes_back_since": follower.came_back_at.isoformat() if follower.came_back_at else None,
            }
            for follower in followed
        ],
        "mails": [
            {
                "about": str(mail.notice.version),
                "occasion": mail.notice.get_kind_display(),
                "what_became_of_it": mail.get_state_display(),
                "why": mail.get_reason_display(),
                "settled_at": mail.settled_at.isoformat() if mail.settled_at else None,
            }
            for mail in mails
        ],
    }
