"""What people were told, what they did with it, and what they answered."""

from policies.notices.models.answers import Answer
from policies.notices.models.engagement import Engagement
from policies.notices.models.followers import Follower
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import AmendmentNotice, Delivery, NoticeSettings, NoticeWorker

__all__ = [
    "AmendmentNotice",
    "Answer",
    "Delivery",
    "Engagement",
    "Follower",
    "Heartbeat",
    "NoticeSettings",
    "NoticeWorker",
]
