from policies.models.engagement import Engagement
from policies.models.notices import AmendmentNotice, Delivery, NoticeSettings, NoticeWorker
from policies.models.pages import PolicyIndexPage, PolicyPage
from policies.models.versions import PolicyVersion, Significance, Standing

__all__ = [
    "AmendmentNotice",
    "Delivery",
    "Engagement",
    "NoticeSettings",
    "NoticeWorker",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "Significance",
    "Standing",
]
