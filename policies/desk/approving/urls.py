"""Addresses of approving, under /cms/policies/."""

from django.urls import path

from policies.desk.approving import views

urlpatterns = [
    path("two-people/", views.RuleView.as_view(), name="two_people"),
    path("<row:page_id>/reviews/", views.ReviewsView.as_view(), name="reviews"),
    path("<row:page_id>/reviews/ask/", views.AskView.as_view(), name="ask_outsider"),
    path("<row:page_id>/reviews/<row:review_id>/take-back/", views.TakeBackView.as_view(), name="take_back_review"),
    path("<row:page_id>/reviews/decide/", views.decide, name="decide"),
    path("<row:page_id>/reviews/claim/", views.claim_review, name="claim_review"),
    path("<row:page_id>/reviews/due/", views.set_due_day, name="set_due_day"),
]
