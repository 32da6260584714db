"""The organisation's pictures, in the sizes that pages need."""

from typing import Final

from wagtail.images.models import AbstractImage, Filter

from accounts.values.organisation import Picture

# Which size of each is made when the setting is saved. About twice what is shown, for fine screens.
PICTURES: Final = {
    "logo": "max-480x112|format-png",
    "logo_dark": "max-480x112|format-png",
    "mark": "fill-64x64|format-webp|webpquality-75",
    "picture": "max-960x800|format-webp",
}


# Of the mark, for the home screens of phones: fetched where it is put there, and by no page.
TOUCH_ICON: Final = "fill-192x192|format-png"


def picture_of(image: AbstractImage | None, spec: str) -> Picture | None:
    """Return an image in one size, if that is made, and else as it was uploaded: reading a page makes nothing."""
    if image is None:
        return None
    try:
        made = image.find_existing_rendition(Filter(spec=spec))
    except image.get_rendition_model().DoesNotExist:
        made = image
    return Picture(made.file.url, made.width, made.height)
