"""How Wagtail behaves here, whatever the site is called: it calls nobody, and sends no address to an avatar service."""

from django.utils.functional import lazy

from accounts.values.organisation import organisations_name

WAGTAIL_SITE_NAME = lazy(organisations_name, str)()

# Addresses and passwords are changed in one place, the account.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
TAGGIT_CASE_INSENSITIVE = True
# A workflow ends with what was approved, not with what somebody saved after it.
WAGTAIL_FINISH_WORKFLOW_ACTION = "policies.desk.approving.waiting.finishing.publish_what_was_approved"
# Pictures are made anew when they come in, so their size in memory counts, too.
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.pictures.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# Documents pass the view that asks who may read them, and are downloads in which nothing runs.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
