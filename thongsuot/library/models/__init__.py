"""Documents, their editions, and the passages that everything else cites."""

from thongsuot.library.models.documents import Document, DocumentQuerySet, Edition
from thongsuot.library.models.exports import Export
from thongsuot.library.models.imports import Doubt, Import, Mend
from thongsuot.library.models.passages import Citation, Passage, Picture, PictureSize
from thongsuot.library.models.readers import Highlight, ReadingPlace
from thongsuot.library.models.words import Abbreviation

__all__ = [
    "Abbreviation",
    "Citation",
    "Document",
    "DocumentQuerySet",
    "Doubt",
    "Edition",
    "Export",
    "Highlight",
    "Import",
    "Mend",
    "Passage",
    "Picture",
    "PictureSize",
    "ReadingPlace",
]
