"""What people were told, and what they did with it."""

from policies.notices.models.engagement import Engagement
from policies.notices.models.notices import AmendmentNotice, Delivery, Heartbeat, NoticeSettings, NoticeWorker

__all__ = ["AmendmentNotice", "Delivery", "Engagement", "Heartbeat", "NoticeSettings", "NoticeWorker"]
