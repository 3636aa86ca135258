"""The library's pages."""

from thongsuot.library.views.about import passage_about
from thongsuot.library.views.reading import (
    chapter,
    document_detail,
    document_list,
    goto,
    passage,
    picture,
    plates,
)
from thongsuot.library.views.searching import search

__all__ = [
    "chapter",
    "document_detail",
    "document_list",
    "goto",
    "passage",
    "passage_about",
    "picture",
    "plates",
    "search",
]
from thongsuot.library.views.downloads import copy, copy_file, downloads

__all__ = [
    "chapter", "copy", "copy_file", "document_detail", "document_list", "downloads", "passage", "passage_about",
    "picture", "search",
]  # fmt: skip
