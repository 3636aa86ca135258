"""Documents and their editions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.papers.models import StoredFile
from thongsuot.units.models import Unit, new_uid
from thongsuot.viet.text import fold, nfc


class DocumentQuerySet(models.QuerySet["Document"]):
    def as_on_the_shelf(self) -> "DocumentQuerySet":
        """What can be read first: our handbook, then laws, then the others; records after them."""
        rank = models.Case(
            *(
                models.When(kind=kind, then=models.Value(n))
                for n, kind in enumerate(("handbook", "book", "law", "decree"))
            ),
            default=models.Value(9),
        )
        return self.order_by("-has_text", rank, "-issued_on", "title")


class Document(models.Model):
    """A work. Its identity is issuer + type + number + date: Party numbers restart each term."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        HANDBOOK = "handbook", _("handbook")
        LAW = "law", _("law")
        DECREE = "decree", _("decree")
        DIRECTIVE = "directive", _("directive or plan")
        OTHER = "other", _("other document")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True, help_text="for addresses people can read")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    system = models.CharField(max_length=10, blank=True, help_text="party, state or empty")
    doc_type = models.CharField(_("type"), max_length=10, blank=True, help_text="KH, HD, KL, Luật…")
    number = models.CharField(_("number"), max_length=60, blank=True, help_text="147-KH/TU, normalised")
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    subject = models.TextField(_("subject"), blank=True, help_text=_("What the document is about (trích yếu)"))
    subject_en = models.TextField(blank=True)
    author = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)
    has_text = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    # Documents that are not public are seen by the unit that registered them and those below it.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_note = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=900, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-issued_on", "title"]
        constraints = [
            models.UniqueConstraint("issuer", "number", "issued_on", name="one_document", condition=~Q(number=""))
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.title = nfc(self.title)
        self.folded = fold(f"{self.number} {self.title} {self.subject} {self.issuer}")[:900]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        return self._with_number(self.title)

    @property
    def full_name_en(self) -> str:
        """Empty where there is no English title, so that the Vietnamese one is shown."""
        return self._with_number(self.title_en) if self.title_en else ""

    def named_in(self, language: str) -> str:
        return (self.full_name_en if language == "en" else "") or self.full_name

    def _with_number(self, title: str) -> str:
        return f"{self.number} – {title}" if self.number and self.number not in title else title


class Edition(models.Model):
    """One text of a document, in one language, as it stood from a day on."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=5, default="vi")
    label = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    # How the source was written: docx, pdf, epub, html, md, txt, jsonl; empty for what was typed here.
    format = models.CharField(max_length=10, blank=True)
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # A source without pages in its own words, cut into sheets, to be seen beside what was read from it.
    sheets = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    is_outline = models.BooleanField(default=False, help_text="numbers and words of our own, not the text")
    note = models.TextField(blank=True, help_text="what a reader must know about this text, in its language")

    class Meta:
        constraints = [
            models.UniqueConstraint("document", "language", "valid_from", name="one_edition_a_day_and_language")
        ]
