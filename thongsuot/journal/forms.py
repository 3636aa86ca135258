from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.journal.trailing import translated
from thongsuot.web.fields import DayField


class FilterForm(forms.Form):
    unit = forms.CharField(label=_("Unit"), required=False, max_length=100)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("everything")), *((verb, translated(verb)) for verb in verbs)]  # type: ignore[attr-defined]
