"""Has every date of every form in the CMS read as `accounts.days` does, Wagtail's dialog for schedules too."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, PublishingPanel

from accounts.days.fields import DayField, MomentField
from accounts.days.inputs import CmsDayInput, CmsMomentInput


def scheduling(*names: str) -> PublishingPanel:
    """Return Wagtail's dialog for schedules with these of its fields: `go_live_at`, `expire_at`."""
    return PublishingPanel(children=[FieldPanel(name, widget=schedule_input()) for name in names])


def schedule_input() -> CmsMomentInput:
    """The dialog wants to know when the field is left."""
    attrs = {
        "data-controller": "w-action",
        "data-action": "w-dialog:hidden->w-action#reset",
        "data-w-dialog-target": "notify",
    }
    return CmsMomentInput(attrs=attrs)


# Every date of every form in the CMS.
register_form_field_override(models.DateField, override={"form_class": DayField, "widget": CmsDayInput})
register_form_field_override(models.DateTimeField, override={"form_class": MomentField, "widget": CmsMomentInput})
