"""What is asked of who switches the rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.desk.approving.models import TwoPeopleRule


class RuleForm(forms.ModelForm[TwoPeopleRule]):
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("It stays in the log, and everybody who approves is told."),
    )

    class Meta:
        model = TwoPeopleRule
        fields = ("is_on", "corrections_alone", "outsiders_count", "reason")
        labels = {
            "is_on": _("No amendment is announced by one person alone"),
            "corrections_alone": _("Corrections may be announced by one person"),
            "outsiders_count": _("An outsider’s review counts as the second person"),
        }
        help_texts = {
            "is_on": _("Somebody who wrote none of the draft must approve what is announced, administrators included."),
            "corrections_alone": _("A typo, the style, a link. Nobody is mailed about them."),
            "outsiders_count": _("Otherwise it is shown, and a colleague must approve besides."),
        }
