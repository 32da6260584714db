"""What is asked of who says when a review is due."""

from django import forms
from wagtail.admin.widgets import AdminDateInput


class DueForm(forms.Form):
    due_on = forms.DateField(label="The review is due on", widget=AdminDateInput)
