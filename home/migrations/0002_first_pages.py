"""Puts the home page and the list of policies into the tree, in place of Wagtail's welcome page."""

from django.db import migrations


def lay_first_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Page.objects.filter(depth=2, slug="home", numchild=0).delete()
    if Page.objects.filter(depth__gt=1).exists():
        return
    locale = Locale.objects.get_or_create(language_code="en-gb")[0]
    pages = [
        ("home", "HomePage", "home", "Home", "/home/"),
        ("policies", "PolicyIndexPage", "policies", "Policies", "/home/policies/"),
    ]
    made = []
    for depth, (app, model, slug, title, url_path) in enumerate(pages, 2):
        content_type = ContentType.objects.get_or_create(app_label=app, model=model.lower())[0]
        made.append(
            apps.get_model(app, model).objects.create(
                title=title, draft_title=title, slug=slug, content_type=content_type, path="0001" * depth, depth=depth,
                numchild=1 if depth == 2 else 0, url_path=url_path, locale=locale,
            )
        )  # fmt: skip
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": made[0].pk, "site_name": ""}
    )


def lift_first_pages(apps, schema_editor):
    apps.get_model("policies", "PolicyIndexPage").objects.filter(path="000100010001", numchild=0).delete()
    apps.get_model("home", "HomePage").objects.filter(path="00010001").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("policies", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(lay_first_pages, lift_first_pages)]
