"""Pictures as cameras and programs make them."""

from io import BytesIO

from PIL import Image as Picture
from PIL import PngImagePlugin

SECRET = b"51.9489N 0.3344W taken by Ann"


def a_picture(kind: str, size=(40, 20)) -> bytes:
    """Red on the left, blue on the right, with words hidden wherever the format has room for them."""
    picture = Picture.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Picture.Exif()
    exif[0x010E] = SECRET.decode()
    words = {"exif": exif} if kind != "GIF" else {"comment": SECRET}
    if kind == "PNG":
        words["pnginfo"] = PngImagePlugin.PngInfo()
        words["pnginfo"].add_text("Author", SECRET.decode())
    made = BytesIO()
    picture.save(made, kind, **words)
    return made.getvalue() + b"<script>" + SECRET
