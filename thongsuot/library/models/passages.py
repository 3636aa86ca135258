"""The passages that everything else cites, their pictures, and what they cite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.library.models.documents import Document, Edition
from thongsuot.papers.models import StoredFile
from thongsuot.units.models import new_uid
from thongsuot.viet.text import nfc


class Picture(models.Model):
    """A picture out of an imported text, drawn anew; the same picture is kept once in an edition."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64, help_text="of the bytes as they came")
    width = models.PositiveIntegerField(help_text="pixels of the largest size")
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("edition", "sha256", name="one_picture")]


class PictureSize(models.Model):
    """The picture for screens of one width, as WebP."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["width"]
        constraints = [models.UniqueConstraint("picture", "width", name="one_size")]


class Passage(models.Model):
    """A citable piece with a stable anchor; headings are passages too."""

    class Kind(models.TextChoices):
        PART = "part", _("part")
        CHAPTER = "chapter", _("chapter")
        SECTION = "section", _("section")
        SUBSECTION = "subsection", _("subsection")
        ARTICLE = "article", _("article")
        CLAUSE = "clause", _("clause")
        POINT = "point", _("point")
        PARAGRAPH = "paragraph", _("paragraph")
        PLATE = "plate", _("plate")
        ANNEX = "annex", _("annex")
        FOOTNOTE = "footnote", _("footnote")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    anchor = models.CharField(max_length=80, help_text="p1-c2-03; dieu-20.khoan-2.diem-a")
    label = models.CharField(max_length=120, blank=True, help_text="Điều 20 khoản 2; Hình 3")
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True, help_text="Markdown; of laws plain text")
    printed_page = models.CharField(max_length=12, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="static path of a plate's drawing")
    image = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="plates")
    alt = models.TextField(blank=True)
    # What a newer text no longer holds stays for those who cited it; it is neither read nor found.
    is_withdrawn = models.BooleanField(default=False)
    # A passage that was joined to the one before it is read there.
    now_in = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    sheet = models.PositiveIntegerField(default=0, help_text="page of the source file, or of Edition.sheets; 0: none")

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint("edition", "anchor", name="one_anchor")]
        indexes = [
            models.Index(fields=["edition", "position"]),
            models.Index(fields=["edition", "sheet"], name="passage_sheet"),
        ]

    def __str__(self) -> str:
        return ". ".join(part for part in (self.label, self.heading) if part) or self.text[:60]

    def save(self, *args: object, **kwargs: object) -> None:
        self.text = nfc(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Citation(models.Model):
    """A reference found in a text; resolved to a document or passage, or waiting for the librarian."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, null=True, related_name="citations")
    matched = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True, help_text="normalised; empty for an article of this text")
    name = models.CharField(max_length=200, blank=True, help_text="of a law named without its number, folded")
    dated = models.DateField(null=True, help_text="as the text dates what it cites: Party numbers restart each term")
    anchor = models.CharField(max_length=80, blank=True, help_text="dieu-20.khoan-2")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    is_own = models.BooleanField(default=False, help_text="of the text that it stands in: Điều này, Luật này")
    is_void = models.BooleanField(default=False, help_text="a librarian says that it is no reference")
    target = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="cited_by")
    target_passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, related_name="cited_by")

    class Meta:
        ordering = ["passage", "start", "pk"]
        indexes = [
            models.Index(fields=["number"], name="citation_number", condition=~models.Q(number="")),
            models.Index(fields=["name"], name="citation_name", condition=~models.Q(name="")),
        ]
