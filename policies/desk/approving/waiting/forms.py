"""What is asked of who says when a review is due."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.days.inputs import CmsDayField


class DueForm(forms.Form):
    due_on = CmsDayField(label=_("The review is due on"))
