"""Forms of the list of abbreviations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Abbreviation


class WordForm(forms.Form):
    short = forms.CharField(
        label=_("What people type"),
        min_length=2,
        max_length=Abbreviation._meta.get_field("short").max_length,
        help_text=_("An abbreviation or an everyday word: PCTN, UBKT, sổ đỏ"),
    )
    full = forms.CharField(
        label=_("What the texts say"),
        min_length=2,
        max_length=Abbreviation._meta.get_field("full").max_length,
        help_text=_("In full: phòng, chống tham nhũng"),
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("One a line"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("PCTN = phòng, chống tham nhũng; or two columns pasted from a sheet. What the list has stays."),
    )
