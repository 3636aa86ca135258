"""What people type into reports: words only; figures are never typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign
from thongsuot.reports.models import Report
from thongsuot.units.models import Unit
from thongsuot.web.fields import DayField


class WordsForm(forms.ModelForm[Report]):
    class Meta:
        model = Report
        fields = ["situation", "results", "limits", "causes", "lessons", "proposals"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}


class StartForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Campaign"), empty_label=None)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    period_from = DayField(label=_("From"))
    period_to = DayField(label=_("To"))

    def __init__(self, *args: Any, campaigns: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("The period ends before it begins."))
        return values


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why it goes back"), widget=forms.Textarea(attrs={"rows": 3}))


class ExplanationForm(forms.Form):
    explanation = forms.CharField(label=_("How this came about"), widget=forms.Textarea(attrs={"rows": 3}))
