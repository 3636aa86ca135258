"""Documents, their editions, and the passages that everything else cites."""

from thongsuot.library.models.documents import Document, DocumentQuerySet, Edition
from thongsuot.library.models.doubts import Doubt
from thongsuot.library.models.passages import Citation, Passage, Picture, PictureSize
from thongsuot.library.models.words import Abbreviation

__all__ = [
    "Abbreviation",
    "Citation",
    "Document",
    "DocumentQuerySet",
    "Doubt",
    "Edition",
    "Passage",
    "Picture",
    "PictureSize",
]
