"""Documents, their editions, and the passages that everything else cites."""

from thongsuot.library.models.copies import Copy
from thongsuot.library.models.documents import Document, DocumentQuerySet, Edition
from thongsuot.library.models.doubts import Doubt
from thongsuot.library.models.imports import Import
from thongsuot.library.models.marks import Mark, ReadingChoice, ReadingPlace
from thongsuot.library.models.mends import Mend
from thongsuot.library.models.passages import Citation, Passage, Picture, PictureSize
from thongsuot.library.models.relations import Alias, Relation
from thongsuot.library.models.unindexed import Unindexed
from thongsuot.library.models.words import Abbreviation

__all__ = [
    "Abbreviation",
    "Alias",
    "Citation",
    "Copy",
    "Document",
    "DocumentQuerySet",
    "Doubt",
    "Edition",
    "Import",
    "Mark",
    "Mend",
    "Passage",
    "Picture",
    "PictureSize",
    "ReadingChoice",
    "ReadingPlace",
    "Relation",
    "Unindexed",
]
