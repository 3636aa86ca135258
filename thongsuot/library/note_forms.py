"""What a person writes for herself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.library.marking import LONGEST_NOTE, LONGEST_QUOTE
from thongsuot.library.models import Mark, ReadingChoice


class MarkForm(forms.Form):
    """A highlight as the page's script sends it, or a note as one writes it without."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    colour = forms.ChoiceField(label=_("Colour"), choices=Mark.Colour.choices, required=False)
    quote = forms.CharField(required=False, max_length=LONGEST_QUOTE)
    start = forms.IntegerField(required=False, min_value=0, max_value=10**9)

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return given | {"colour": given["colour"] or Mark.Colour.YELLOW, "start": given["start"] or 0}


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Mark
        fields = ["note", "colour"]
        widgets = {"note": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_NOTE}), "colour": forms.RadioSelect}


class ChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ReadingChoice
        fields = ["keeps_place", "keeps_marks"]


class NotesFileForm(forms.Form):
    file = forms.FileField(label=_("File of notes (JSON)"))
