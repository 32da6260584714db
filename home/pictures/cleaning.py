"""Makes an uploaded picture anew from its points: what else was in the file does not come along."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, ImageSequence

# What belongs to the look. Left out are where, when and with what it was taken, names, comments and previews.
KEPT = {"icc_profile", "transparency", "duration", "loop", "background", "disposal", "gamma"}
AS_GOOD_AS_BEFORE = {"JPEG": {"quality": 92, "optimize": True}, "WEBP": {"quality": 90}, "AVIF": {"quality": 85}}


def clean_picture(file: BinaryIO) -> bytes:
    """Return the picture in its own format, upright, without EXIF, XMP, comments or anything behind its end.

    Raises:
        OSError, ValueError, SyntaxError: what is in the file cannot be decoded as a picture.
    """
    file.seek(0)
    with Image.open(file) as picture:
        kind = picture.format or ""
        frames = [_only_what_is_seen(frame) for frame in ImageSequence.Iterator(picture)]
        moves = _how_it_moves(picture, frames)
    made = BytesIO()
    frames[0].save(
        made, kind, **AS_GOOD_AS_BEFORE.get(kind, {}), **moves, icc_profile=frames[0].info.get("icc_profile")
    )
    return made.getvalue()


def _only_what_is_seen(frame: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(frame) or frame
    seen = upright.copy()
    seen.info = {name: value for name, value in upright.info.items() if name in KEPT}
    return seen


def _how_it_moves(picture: Image.Image, frames: list[Image.Image]) -> dict[str, object]:
    if len(frames) == 1:
        return {}
    durations = [frame.info.get("duration", 0) for frame in frames]
    return {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": picture.info.get("loop", 0)}
