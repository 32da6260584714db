"""Pictures that an editor uploaded."""

import io

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Image


def a_picture(title: str, size: tuple[int, int] = (400, 100), colour: str = "#00aa00") -> Image:
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    image: Image = Image.objects.create(title=title, file=ImageFile(file, name=f"{title}.png"))
    return image
