"""A record without text, added where a reference leads nowhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Document
from thongsuot.web.fields import DayField


def likely_kind(number: str) -> str:
    """What a document of that number mostly is: 36/2018/QH14, 59/2019/NĐ-CP, 147-KH/TU."""
    if "/QH" in number:
        return Document.Kind.LAW
    if "NĐ-CP" in number:
        return Document.Kind.DECREE
    return Document.Kind.DIRECTIVE if number else Document.Kind.OTHER


class RecordForm(forms.Form):
    number = forms.CharField(label=_("number"), max_length=60)
    title = forms.CharField(label=_("title"), max_length=400)
    kind = forms.ChoiceField(label=_("kind of document"), choices=Document.Kind.choices, initial=Document.Kind.OTHER)
    issuer = forms.CharField(label=_("issuer"), max_length=200)
    issued_on = DayField(label=_("date of issue"), required=False)
