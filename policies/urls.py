"""The addresses under /policies/: plain Django URLs, which read announced versions only."""

from django.urls import path, register_converter

from policies.notices.reader import views as engaging
from policies.reading.converters import SlugConverter
from policies.reading.views import comparing
from policies.reading.views import feeds as feeding
from policies.reading.views import matching as verifying
from policies.reading.views import policies as reading

register_converter(SlugConverter, "policy")

app_name = "policies"
urlpatterns = [
    path("", reading.index, name="index"),
    path("feed.atom", feeding.all_policies, name="feed"),
    path("<policy:slug>/", reading.policy, name="policy"),
    path("<policy:slug>/feed.atom", feeding.one_policy, name="policy_feed"),
    path("<policy:slug>/timemap/", reading.timemap, name="timemap"),
    path("<policy:slug>/versions/", reading.versions, name="versions"),
    path("<policy:slug>/versions/<str:number>/", reading.version, name="version"),
    path("<policy:slug>/versions/<str:number>/text/", reading.text, name="text"),
    path("<policy:slug>/versions/<str:number>/json/", reading.json, name="json"),
    path("<policy:slug>/on/", reading.on, name="on"),
    path("<policy:slug>/on/<str:day>/", reading.on_day, name="on_day"),
    path("<policy:slug>/compare/", comparing.choose, name="choose"),
    path("<policy:slug>/compare/<str:old>/<str:new>/", comparing.compare, name="compare"),
    path("<policy:slug>/changes/", engaging.changes, name="changes"),
    path("<policy:slug>/verify/", verifying.verify, name="verify"),
]
