"""Puts the home page, the list of policies and the contact page into the tree, in place of Wagtail's welcome page.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.conf import settings
from django.db import migrations

ANSWERS = "Enquiries"


def lay_first_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Page.objects.filter(depth=2, slug="home", numchild=0).delete()
    if Page.objects.filter(depth__gt=1).exists():
        return
    locale = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]
    pages = [
        ("home", "HomePage", "home", "Home", "/home/"),
        ("policies", "PolicyIndexPage", "policies", "Policies", "/home/policies/"),
        ("home", "ContactPage", "contact", "Contact", "/home/contact/"),
    ]
    made = []
    for number, (app, model, slug, title, url_path) in enumerate(pages):
        content_type = ContentType.objects.get_or_create(app_label=app, model=model.lower())[0]
        made.append(
            apps.get_model(app, model).objects.create(
                title=title, draft_title=title, slug=slug, content_type=content_type, depth=3 if number else 2,
                path="00010001" + (f"{number:04}" if number else ""), numchild=0 if number else len(pages) - 1, url_path=url_path, locale=locale,
            )
        )  # fmt: skip
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": made[0].pk, "site_name": ""}
    )


def let_somebody_answer(apps, schema_editor):
    """Make the ready-made group of those who answer enquiries; whoever has one of that name keeps it."""
    group, made = apps.get_model("auth", "Group").objects.get_or_create(name=ANSWERS)
    if made:
        group.permissions.add(
            _permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
            _permission(apps, "home", "enquiry", "answer_enquiry", "Can answer enquiries"),
        )


def _permission(apps, app, model, codename, name):
    content_type = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )[0]


def nobody_answers(apps, schema_editor):
    """The group stays: people may be in it."""
    for group in apps.get_model("auth", "Group").objects.filter(name=ANSWERS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="home", codename="answer_enquiry"))


def lift_first_pages(apps, schema_editor):
    apps.get_model("home", "ContactPage").objects.filter(path="000100010002", numchild=0).delete()
    apps.get_model("policies", "PolicyIndexPage").objects.filter(path="000100010001", numchild=0).delete()
    apps.get_model("home", "HomePage").objects.filter(path="00010001").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("policies", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.RunPython(lay_first_pages, lift_first_pages),
        migrations.RunPython(let_somebody_answer, nobody_answers),
    ]
