"""The addresses under /policies/: plain Django URLs, which read announced versions only."""

from django.urls import path

from policies.desk.approving.outsiders.public import review
from policies.notices.followers import views as followers
from policies.notices.reader.views import changes
from policies.reading import converters  # noqa: F401  (registers <policy:…>)
from policies.reading.views import comparing, feeds, policies, verifying

app_name = "policies"
urlpatterns = [
    path("", policies.index, name="index"),
    path("feed.atom", feeds.all_policies, name="feed"),
    path("feed/", feeds.about_feed, name="about_feed"),
    path("review/<str:token>/", review, name="review"),
    path("follow/", followers.follow, name="follow_all"),
    path("follow/sent/", followers.sent, name="follow_sent"),
    path("follow/confirm/<str:token>/", followers.confirm_address, name="follow_confirm"),
    path("follow/leave/<str:token>/", followers.leave_list, name="follow_leave"),
    path("follow/kept/<str:token>/", followers.what_is_kept, name="follow_kept"),
    path("<policy:slug>/", policies.policy, name="policy"),
    path("<policy:slug>/feed.atom", feeds.one_policy, name="policy_feed"),
    path("<policy:slug>/feed/", feeds.about_policy_feed, name="about_policy_feed"),
    path("<policy:slug>/follow/", followers.follow, name="follow"),
    path("<policy:slug>/timemap/", policies.timemap, name="timemap"),
    path("<policy:slug>/versions/", policies.versions, name="versions"),
    path("<policy:slug>/versions/<str:number>/", policies.version, name="version"),
    path("<policy:slug>/versions/<str:number>/text/", policies.text, name="text"),
    path("<policy:slug>/versions/<str:number>/json/", policies.json, name="json"),
    path("<policy:slug>/versions/<str:number>/dpv/", policies.dpv, name="dpv"),
    path("<policy:slug>/on/", policies.on, name="on"),
    path("<policy:slug>/on/<str:day>/", policies.on_day, name="on_day"),
    path("<policy:slug>/compare/", comparing.choose, name="choose"),
    path("<policy:slug>/compare/<str:old>/<str:new>/", comparing.compare, name="compare"),
    path("<policy:slug>/changes/", changes, name="changes"),
    path("<policy:slug>/verify/", verifying.verify, name="verify"),
]
