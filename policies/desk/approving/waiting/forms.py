"""What is asked of who says when a review is due."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput


class DueForm(forms.Form):
    due_on = forms.DateField(label=_("The review is due on"), widget=AdminDateInput)
