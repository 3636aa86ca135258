"""What keepers of the library fill in: a file and what is known of it."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models import Document, DocumentQuerySet
from thongsuot.library.numbers import find_numbers
from thongsuot.library.taking_in import LARGEST, LARGEST_MAP, MB, Wanted
from thongsuot.units.models import Unit
from thongsuot.viet.text import fold, nfc
from thongsuot.web.fields import DayField

ACCEPTED = ".docx,.pdf,.epub,.html,.htm,.xhtml,.md,.markdown,.txt,.akn,.xml"
MOST_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; what is in them is looked at elsewhere."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(n)d files at a time."), params={"n": MOST_FILES})
        return [super(FilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    file = FilesField(
        label=_("File"),
        allow_empty_file=True,  # the reader says what is wrong with it
        max_length=None,
        help_text=_(
            "DOCX, PDF with text, EPUB, HTML, Akoma Ntoso, Markdown or plain text; several at once, "
            "100 MB each at most."
        ),
        widget=SeveralFiles(attrs={"accept": ACCEPTED, "multiple": True}),
    )
    into = forms.CharField(
        label=_("A newer text of"),
        required=False,
        max_length=400,
        help_text=_("Number, title or address of a document that stands already. Left empty, you are asked first."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Kept by"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of document"), required=False, choices=[("", _("as the file says")), *Document.Kind.choices]
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=400, help_text=_("Else as the file says."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    valid_from = DayField(
        label=_("This text in force from"),
        required=False,
        help_text=_("Where it stands beside an older text; without a day it takes the place of the newest one."),
    )
    is_public = forms.BooleanField(label=_("Everyone may read it, without signing in"), required=False)
    page_map = forms.FileField(
        label=_("Printed pages"),
        required=False,
        help_text=_("A CSV file of two columns: the page, and the words with which it begins."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def __init__(
        self, *args: Any, units: QuerySet[Unit], kept: DocumentQuerySet, is_librarian: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.is_librarian = kept, is_librarian
        unit: Any = self.fields["unit"]
        unit.queryset, unit.required = units, not is_librarian
        unit.empty_label = _("the whole library") if is_librarian else None

    @property
    def in_front(self) -> list[forms.BoundField]:
        return [self["file"], self["is_public"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """What a file says of itself, or what is as it mostly is: shown to who asks for it."""
        return [field for field in self if field.name not in ("file", "is_public")]

    @property
    def shows_more(self) -> bool:
        """Something among them was chosen already, or is to be looked at."""
        chosen = self.changed_data if self.is_bound else ["into"] if self["into"].value() else []
        return any(field.errors or field.name in chosen for field in self.more)

    def clean_into(self) -> Document | None:
        words = nfc(self.cleaned_data["into"]).strip()
        if not words:
            return None
        found = find_documents(words, self.kept)
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(f"{one.full_name[:80]} ({one.slug})" for one in found[:5])
            raise ValidationError(
                _("Several documents are called so; give the address of one: %(names)s"), params={"names": names}
            )
        raise ValidationError(_("You keep no document of that number, title or address."))

    def clean_page_map(self) -> bytes | None:
        file = self.cleaned_data["page_map"]
        if not file:
            return None
        if file.size > LARGEST_MAP:
            raise ValidationError(_("The list of pages is larger than 2 MB."))
        return bytes(file.read())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files = cleaned.get("file", [])
        if len(files) > 1 and (cleaned.get("title") or cleaned.get("into") or cleaned.get("page_map")):
            self.add_error("file", _("A title, a list of pages or an older text fit one file only. Send it by itself."))
        if any(file.size > LARGEST for file in files):
            self.add_error("file", _("A file is larger than %(n)d MB. Send it in parts.") % {"n": LARGEST // MB})
        if "unit" in cleaned and not (cleaned["unit"] or cleaned.get("into") or cleaned.get("is_public")):
            self.add_error("unit", _("Choose who keeps it, or let everyone read it: else nobody could."))
        return cleaned

    def wanted(self) -> Wanted:
        names = ("unit", "into", "title", "kind", "language", "is_public", "valid_from", "page_map")
        return Wanted(**{name: self.cleaned_data[name] for name in names})


def find_documents(words: str, kept: DocumentQuerySet) -> list[Document]:
    """By address, number in any spelling, or title."""
    slug = words.rstrip("/").rpartition("/")[2]
    numbers = [one.normalised for one in find_numbers(words)] or [words.replace(" ", "")]
    typed = re.search(r"\d+[^\s,;]*[/-][^\s,;]+", words)
    questions: tuple[dict[str, Any], ...] = (
        {"slug": slug},
        {"number__in": numbers},
        {"number__iexact": typed[0] if typed else words},
        {"title__iexact": words},
        {"folded__contains": fold(words)},
    )
    for question in questions:
        found = list(kept.filter(**question)[:6])
        if found:
            return found
    return []
