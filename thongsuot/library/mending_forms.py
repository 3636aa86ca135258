"""What a proof officer fills in to mend one passage."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from thongsuot.library.mended import WRITTEN
from thongsuot.library.models import Passage
from thongsuot.library.proofing import cuts_of
from thongsuot.viet.text import nfc

VERBS = ("write", "kind", "split", "join", "remove", "right")
Kind = Passage.Kind
KINDS = [(value, capfirst(label)) for value, label in Kind.choices]
_TITLES = (Kind.ANNEX, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_LONGEST = 200_000


class WordsForm(forms.Form):
    """Only the words that a passage of its kind has."""

    label = forms.CharField(label=_("Number or name"), required=False, max_length=120)
    heading = forms.CharField(label=_("Heading"), required=False, max_length=400)
    text = forms.CharField(
        label=_("What the passage says"), required=False, max_length=_LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("An empty line begins a new paragraph; **two stars** make bold, *one star* slanted letters."),
    )  # fmt: skip
    alt = forms.CharField(
        label=_("What the picture shows"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For those who cannot see it."),
    )  # fmt: skip
    printed_page = forms.CharField(label=_("Printed page"), required=False, max_length=12)

    def __init__(self, data: Any = None, *, passage: Passage) -> None:
        initial = {name: getattr(passage, name) for name in WRITTEN}
        super().__init__(data, initial=initial)
        self.passage = passage
        for name in _unused(passage.kind):
            if not getattr(passage, name):
                del self.fields[name]
        if passage.kind == Kind.PLATE:
            self.fields["text"].label = _("Caption")

    def values(self) -> dict[str, Any]:
        """What was changed, with what it was."""
        made: dict[str, Any] = {}
        for name in self.fields:
            new, old = nfc(self.cleaned_data[name]).replace("\r\n", "\n").strip(), getattr(self.passage, name)
            if new != old.strip():
                made |= {name: new, f"was_{name}": old}
        return made

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any((cleaned.get(name) or "").strip() for name in ("label", "heading", "text", "alt")):
            raise ValidationError(_("No words are left. To take the passage out, use “Take out”."))
        return cleaned


def _unused(kind: str) -> tuple[str, ...]:
    if kind in _TITLES:
        return ("text", "alt")
    if kind == Kind.ARTICLE:
        return ("alt",)
    return ("heading",) if kind == Kind.PLATE else ("heading", "alt")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("It is really a"), choices=KINDS)

    def __init__(self, data: Any = None, *, passage: Passage) -> None:
        super().__init__(data, initial={"kind": passage.kind})
        self.passage = passage

    def values(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"]
        return {} if kind == self.passage.kind else {"kind": kind}


class CutForm(forms.Form):
    cut = forms.ChoiceField(label=_("Cut before"), required=False)
    words = forms.CharField(
        label=_("Or before these words"),
        required=False,
        max_length=200,
        help_text=_("A few words, as they stand there."),
    )
    first = forms.ChoiceField(label=_("What stands before the cut is a"), choices=KINDS)
    second = forms.ChoiceField(label=_("What stands after it is a"), choices=KINDS)

    def __init__(self, data: Any = None, *, passage: Passage) -> None:
        self.cuts = cuts_of(passage)
        super().__init__(data, initial={"first": passage.kind, "second": passage.kind})
        self.passage = passage
        cut: Any = self.fields["cut"]
        cut.choices = [(str(n), f"… {shown}") for n, (_words, shown) in enumerate(self.cuts)]
        if not self.cuts:
            del self.fields["cut"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words = nfc(cleaned.get("words") or "").strip()
        text = self.passage.text or self.passage.heading
        if words and text.find(words) <= 0:
            self.add_error("words", _("These words do not stand inside the passage."))
        if not words and not cleaned.get("cut"):
            raise ValidationError(_("Say where to cut."))
        return cleaned

    def values(self) -> dict[str, Any]:
        words = nfc(self.cleaned_data["words"]).strip()
        cut = words or self.cuts[int(self.cleaned_data["cut"])][0]
        return {"cut": cut, "first": self.cleaned_data["first"], "second": self.cleaned_data["second"]}
