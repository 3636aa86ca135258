"""The form in which keepers of the library say what a document is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Document
from thongsuot.library.numbers import find_numbers
from thongsuot.viet.text import nfc
from thongsuot.web.fields import DayField


def _line(label: Any, name: str, **more: Any) -> forms.CharField:
    field: Any = Document._meta.get_field(name)
    return forms.CharField(label=label, required=False, max_length=field.max_length, **more)


class DescriptionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=400)
    title_en = _line(_("Title in English"), "title_en")
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Document.Kind.choices)
    number = _line(_("Number"), "number", help_text=_("As on the paper: 147-KH/TU, 36/2018/QH14"))
    issuer = _line(_("Issuer"), "issuer")
    issued_on = DayField(label=_("Date of issue"), required=False)
    author = _line(_("Author"), "author")
    subject = forms.CharField(
        label=_("What it is about"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    in_force_from = DayField(label=_("In force from"), required=False)
    in_force_to = DayField(label=_("In force until"), required=False)
    is_public = forms.BooleanField(label=_("Everyone may read it, without signing in"), required=False)

    def clean_title(self) -> str:
        return " ".join(nfc(self.cleaned_data["title"]).split())

    def clean_number(self) -> str:
        """In its official form where it is one: "147 - kh/tu" is 147-KH/TU."""
        typed = " ".join(nfc(self.cleaned_data["number"]).split())
        found = find_numbers(typed)
        return found[0].normalised if len(found) == 1 and found[0].matched == typed else typed

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        begins, ends = facts.get("in_force_from"), facts.get("in_force_to")
        if begins and ends and ends < begins:
            self.add_error("in_force_to", _("It cannot end before it begins."))
        return facts
