"""A site of some age: many policies with many versions, and a million deliveries, put into PostgreSQL in bulk."""

import datetime as dt
import os
from dataclasses import replace

from django.db import connection
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Revision

from accounts.models import User
from home.demo_policies.texts import demo_document
from policies.notices.letter.composing import compose
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NoticeState
from policies.notices.totals import recount
from policies.texts.document import Document, Paragraph, Section, inline
from policies.versions.models import PolicyVersion
from policies.writing.drafting import preamble_data, sections_data
from policies.writing.models import PolicyPage
from tests.bench.notices.rows import make_people
from tests.making.people import a_person
from tests.making.policies import a_draft
from tests.making.versions import put, row

POLICIES, VERSIONS, NOTICES = 100, 50, 20
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "50000"))

# Of a hundred deliveries 93 were sent; the others ended in every other way there is.
DELIVERIES = """
    INSERT INTO notices_delivery
        (notice_id, person_id, address, name, state, reason, reply, attempts, doubts, due_at, settled_at)
    SELECT notice.id, person.id, person.email, 'Pat Reader',
        CASE WHEN person.id %% 100 < 93 THEN 'sent' WHEN person.id %% 100 < 95 THEN 'failed'
             WHEN person.id %% 100 < 97 THEN 'unreachable' ELSE 'skipped' END,
        CASE WHEN person.id %% 100 < 93 THEN '' WHEN person.id %% 100 < 95 THEN 'refused'
             WHEN person.id %% 100 < 97 THEN 'bounced' ELSE 'preference' END,
        '', 1, 0, now(), now()
    FROM notices_amendmentnotice AS notice CROSS JOIN accounts_user AS person
    WHERE person.email LIKE 'p%%@d%%.example.org'
"""
ENGAGEMENTS = """
    INSERT INTO notices_engagement (person_id, version_id, kind, at)
    SELECT delivery.person_id, notice.version_id, done.kind, now()
    FROM notices_delivery AS delivery
    JOIN notices_amendmentnotice AS notice ON notice.id = delivery.notice_id
    CROSS JOIN (VALUES ('notified'), ('seen')) AS done (kind)
    WHERE delivery.state = 'sent' AND (done.kind = 'notified' OR delivery.person_id %% 3 = 0)
"""


def a_policy_text() -> Document:
    return demo_document("privacy-3.0")


def build() -> None:
    """Make it all. About a minute and a half."""
    a_person("first@example.org", first_name="Pat", last_name="Reader")
    make_people(PEOPLE)
    pages = _policies()
    _notices(pages)
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES, [])
        cursor.execute(ENGAGEMENTS, [])
    for notice in AmendmentNotice.objects.all():
        recount(notice)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _policies() -> list[PolicyPage]:
    text, today = a_policy_text(), timezone.localdate()
    texts = [_changed(text, number) for number in range(VERSIONS)]
    begins = [today - dt.timedelta(days=30 * (VERSIONS - number)) for number in range(VERSIONS)]
    begins[-1] = today + dt.timedelta(days=30)
    prepared = [row(n + 1, begins[n], document=texts[n]) for n in range(VERSIONS)]
    pages = []
    for number in range(POLICIES):
        page = a_draft(replace(text, title=f"Policy {number}"), f"policy-{number}")
        newest = put(page, *(_copy(version) for version in prepared))[-1]
        _save_a_draft(page, texts[-1], newest, differs=number % 5 == 0)
        pages.append(page)
    return pages


def _copy(version: PolicyVersion) -> PolicyVersion:
    fields = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields}
    return PolicyVersion(**fields | {"id": None})


def _changed(text: Document, number: int) -> Document:
    words = Section(inline("Changes"), (Paragraph(inline(f"This is change {number}.")),), key="changes")
    return replace(text, sections=(*text.sections, words))


def _save_a_draft(page: PolicyPage, text: Document, newest: PolicyVersion, *, differs: bool) -> None:
    page.preamble, page.sections = preamble_data(text), sections_data(text)
    Revision.objects.filter(pk=newest.revision_id).update(content=page.serializable_data())
    if differs:
        page.title += " with changes"
    page.significance, page.kinds, page.change_summary = "amendment", ["other"], "Clearer words."
    page.save_revision()
    PolicyPage.objects.filter(pk=page.pk).update(live=True, has_unpublished_changes=differs)


def _notices(pages: list[PolicyPage]) -> None:
    newest = PolicyVersion.objects.filter(page__in=pages[:NOTICES], sequence=VERSIONS)
    for version in newest:
        notice = AmendmentNotice(version=version, held_until=timezone.now())
        notice.message = compose(notice).to_json()
        notice.state, notice.staged_at = NoticeState.DONE, timezone.now()
        notice.save()


def sign_in(client: object) -> None:
    """Sign an administrator in, with a second factor."""
    admin = User.objects.filter(email="admin@example.org").first()
    admin = admin or User.objects.create_superuser("admin@example.org", "a long enough password", first_name="Ada")
    device, _ = TOTPDevice.objects.get_or_create(user=admin, confirmed=True, defaults={"name": "Phone", "tolerance": 0})
    client.force_login(admin)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
