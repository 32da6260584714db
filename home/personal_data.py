"""What the pages around the policies, and the images and files on them, hold about people."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis, declare_free, register
from accounts.personal_data.staff_work import EDITORS, WITH_THE_PAGE, WORK, that_it_was_you

OURS = _("It is used on our pages. That it was you is taken out.")
TEXT = "The text of a page: what it says of anybody is meant for everybody"

IMAGES = Kind(
    key="images-uploaded",
    title=_("Images you uploaded"),
    model="wagtailimages.Image",
    what=_("Which images you, as one of our staff, put on this site, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("uploaded_by_user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=OURS,
    of_staff=True,
    columns=(
        Column("title", _("The image")),
        Column("created_at", _("When you uploaded it")),
        that_it_was_you("uploaded_by_user", _("Who uploaded it")),
    ),
    free=(
        "collection",
        "file",
        "description",
        "width",
        "height",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "file_size",
        "file_hash",
        "tags",
    ),
)

DOCUMENTS = Kind(
    key="documents-uploaded",
    title=_("Files you uploaded"),
    model="wagtaildocs.Document",
    what=_("Which files you, as one of our staff, put on this site, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("uploaded_by_user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=OURS,
    of_staff=True,
    columns=(
        Column("title", _("The file")),
        Column("created_at", _("When you uploaded it")),
        that_it_was_you("uploaded_by_user", _("Who uploaded it")),
    ),
    free=("collection", "file", "file_size", "file_hash", "tags"),
)


def declare() -> None:
    """Put it all into the register of the site. Called once, when the app starts."""
    register(IMAGES, DOCUMENTS)
    declare_free("home.HomePage", "introduction", "body", why=TEXT)
    declare_free("home.StandardPage", "menu_label", "introduction", "body", why=TEXT)
    declare_free("home.Generation", "scope", "number", why="How often what the public sees has changed")
    told = ("scope", "number", "tried", "failures", "again_at")
    declare_free("home.Purge", *told, why="How far caches in front were told of changes")
    of_alarms = ("key", "words", "began_at", "told_at")
    declare_free("home.Alarm", *of_alarms, why="What is not well on the site, and since when")
    said = ("name", "legal_name", "company_number", "registered_office", "registration", "postal_address", "email")
    more = ("phone", "sender", "security_contact", "security_until")
    shown = ("logo", "logo_dark", "mark", "picture", "colour", "second_colour")
    declare_free("home.Organisation", "site", *said, *more, *shown, why="What the organisation says of itself")
    register_of_cookies = ("name", "place", "need", "purpose", "when", "days", "whose")
    declare_free("home.AddedCookie", *register_of_cookies, why="Which cookies something beside this software sets")
    chosen = ("analytics_id", "counts_pages", "offers_by_email", "offers_by_post", "third_parties")
    declare_free("home.Choices", "site", *chosen, why="What the organisation asks and counts, and whom it names")
    declare_free("home.PageCount", "day", "path", "opened", why="How often a page was opened, not by whom")
    _declare_files_free()


def _declare_files_free() -> None:
    size = ("filter_spec", "file", "width", "height", "focal_point_key", "image")
    declare_free("wagtailimages.Rendition", *size, why="Smaller copies of images")
    found = ("url", "max_width", "hash", "type", "html", "title", "author_name", "provider_name", "thumbnail_url")
    shown = ("width", "height", "last_updated", "cache_until")
    declare_free("wagtailembeds.Embed", *found, *shown, why="What other sites publish, shown on a page")
    paths = ("old_path", "site", "is_permanent", "redirect_page", "redirect_page_route_path", "redirect_link")
    declare_free(
        "wagtailredirects.Redirect", *paths, "automatically_created", "created_at", why="Old addresses of pages"
    )
    declare_free("taggit.Tag", "name", "slug", why="Words to find images and files by")
    declare_free("taggit.TaggedItem", "tag", "content_type", "object_id", why="Which image or file has which word")
