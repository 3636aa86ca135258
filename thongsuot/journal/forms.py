from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.journal.trailing import translated

Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    unit = forms.CharField(label=_("Unit"), required=False, max_length=100)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=Day)
    until = forms.DateField(label=_("To"), required=False, widget=Day)

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("everything")), *((verb, translated(verb)) for verb in verbs)]  # type: ignore[attr-defined]
