"""Addresses of approving, under /cms/policies/."""

from django.urls import path

from policies.desk.approving.deciding.views import ReviewsView, decide, take_back_own
from policies.desk.approving.outsiders.views import AskView, TakeBackView
from policies.desk.approving.rule.views import RuleView
from policies.desk.approving.waiting.views import claim_review, set_due_day

urlpatterns = [
    path("two-people/", RuleView.as_view(), name="two_people"),
    path("<row:page_id>/reviews/", ReviewsView.as_view(), name="reviews"),
    path("<row:page_id>/reviews/ask/", AskView.as_view(), name="ask_outsider"),
    path("<row:page_id>/reviews/<row:review_id>/take-back/", TakeBackView.as_view(), name="take_back_review"),
    path("<row:page_id>/reviews/approvals/<row:approval_id>/take-back/", take_back_own, name="take_back_approval"),
    path("<row:page_id>/reviews/decide/", decide, name="decide"),
    path("<row:page_id>/reviews/claim/", claim_review, name="claim_review"),
    path("<row:page_id>/reviews/due/", set_due_day, name="set_due_day"),
]
