"""The pages of the CMS that are measured, by name; those of rooms that are not there are left out."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from policies.notices.models import AmendmentNotice, Delivery
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage, PolicyPage

EXPORTS = ("versions", "engagement", "people")


def pages() -> Iterator[tuple[str, str]]:
    """Yield what a page is and its address."""
    policy, notice = PolicyPage.objects.order_by("pk").first(), AmendmentNotice.objects.order_by("pk").first()
    version, delivery = PolicyVersion.objects.latest("pk"), Delivery.objects.order_by("-pk").first()
    person = delivery.address
    about = {"policy": notice.version.page_id}
    asked = [
        ("first page", "wagtailadmin_home", [], {}),
        ("policies, list", "policies_listing:index", [], {}),
        ("policies, in the tree", "wagtailadmin_explore", [PolicyIndexPage.objects.get().pk], {}),
        ("policy, edit", "wagtailadmin_pages:edit", [policy.pk], {}),
        ("policy, history", "wagtailadmin_pages:history", [policy.pk], {}),
        ("policy, versions", "policies_cms:versions", [policy.pk], {}),
        ("policy, look", "policies_cms:look", [policy.pk], {}),
        ("policy, redline", "policies_cms:redline", [policy.pk], {}),
        ("policy, checks", "policies_cms:checks", [policy.pk], {}),
        ("policy, import", "policies_cms:import", [policy.pk], {}),
        ("policy, withdraw", "policies_cms:withdraw", [version.page_id, version.number], {}),
        ("notices, list", "notices:index", [], {}),
        ("notice, status", "notices:inspect", [notice.pk], {}),
        ("notice, progress", "notices:progress", [notice.pk], {}),
        ("notice, mail", "notices:mail", [notice.pk], {}),
        ("deliveries, first page", "notices:deliveries", [notice.pk], {}),
        ("deliveries, last page", "notices:deliveries", [notice.pk], {"p": 1000}),
        ("deliveries, failed", "notices:deliveries", [notice.pk], {"state": "failed"}),
        ("deliveries, by address", "notices:deliveries", [notice.pk], {"q": person}),
        ("delivery", "notices:delivery", [delivery.pk], {}),
        ("report, hand", "policies_reports:hand", [], {}),
        ("report, versions", "policies_reports:versions", [], {}),
        ("report, versions, last page", "policies_reports:versions", [], {"p": 100}),
        ("report, versions in force", "policies_reports:versions", [], {"standing": "in-force"}),
        ("report, versions superseded", "policies_reports:versions", [], {"standing": "superseded"}),
        ("report, notices", "policies_reports:notices", [], {}),
        ("report, engagement", "policies_reports:engagement", [], {}),
        ("report, engagement, seen", "policies_reports:engagement", [], {"kind": "seen"}),
        ("report, people", "policies_reports:people", [], {}),
        ("report, people, a deep page", "policies_reports:people", [], {"p": 10_000}),
        ("report, people of a version", "policies_reports:people", [], about | {"number": "50.0"}),
        ("report, people by address", "policies_reports:people", [], {"q": person[:12]}),
        ("report, answers", "policies_reports:answers", [], {}),
        ("reviews", "policies_approving:index", [], {}),
        ("guide", "policies_guide:guide", [], {}),
        ("site history", "wagtailadmin_reports:site_history", [], {}),
    ]
    for what, name, args, query in asked:
        try:
            address = reverse(name, args=args)
        except NoReverseMatch:
            continue
        yield what, f"{address}?{urlencode(query)}" if query else address
