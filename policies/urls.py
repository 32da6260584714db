"""The addresses under /policies/: plain Django URLs, which read announced versions only."""

from django.urls import path

from policies.desk.approving.outsiders.public import review
from policies.notices.reader.views import changes
from policies.reading import converters  # noqa: F401  (registers <policy:…>)
from policies.reading.views import comparing, feeds, policies, verifying

app_name = "policies"
urlpatterns = [
    path("", policies.index, name="index"),
    path("feed.atom", feeds.all_policies, name="feed"),
    path("review/<str:token>/", review, name="review"),
    path("<policy:slug>/", policies.policy, name="policy"),
    path("<policy:slug>/feed.atom", feeds.one_policy, name="policy_feed"),
    path("<policy:slug>/timemap/", policies.timemap, name="timemap"),
    path("<policy:slug>/versions/", policies.versions, name="versions"),
    path("<policy:slug>/versions/<str:number>/", policies.version, name="version"),
    path("<policy:slug>/versions/<str:number>/text/", policies.text, name="text"),
    path("<policy:slug>/versions/<str:number>/json/", policies.json, name="json"),
    path("<policy:slug>/on/", policies.on, name="on"),
    path("<policy:slug>/on/<str:day>/", policies.on_day, name="on_day"),
    path("<policy:slug>/compare/", comparing.choose, name="choose"),
    path("<policy:slug>/compare/<str:old>/<str:new>/", comparing.compare, name="compare"),
    path("<policy:slug>/changes/", changes, name="changes"),
    path("<policy:slug>/verify/", verifying.verify, name="verify"),
]
