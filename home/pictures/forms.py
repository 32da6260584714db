"""The form of an image in the CMS, by whichever of its ways somebody uploads one."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures.cleaning import clean_picture

# What Pillow raises for a file that is none of its pictures, or half of one.
UNREADABLE = (OSError, ValueError, SyntaxError)


class PictureField(WagtailImageField):
    """Takes a picture and gives it back made anew. Wagtail's own field ends in an error for one cut short."""

    def to_python(self, data: object) -> SimpleUploadedFile | None:
        """Raises: ValidationError: Wagtail does not take such a file as a picture, or the picture is damaged."""
        try:
            file = super().to_python(data)
            return file and SimpleUploadedFile(file.name, clean_picture(file), file.content_type)
        except UNREADABLE as error:
            raise ValidationError(
                gettext("The picture is damaged: it cannot be read to its end. Save it anew.")
            ) from error


class PictureForm(BaseImageForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if wagtails := self.fields.get("file"):
            own = PictureField(label=wagtails.label, required=wagtails.required, widget=wagtails.widget)
            self.fields["file"] = own
