"""The library's pages."""

from thongsuot.library.views.about import passage_about
from thongsuot.library.views.describing import document_edit, document_remove
from thongsuot.library.views.downloads import copy, copy_file, downloads
from thongsuot.library.views.imports import (
    import_answer,
    import_cancel,
    import_create,
    import_detail,
    import_list,
    import_retry,
)
from thongsuot.library.views.linking import cited_by, compare
from thongsuot.library.views.noting import (
    my_notes,
    note_create,
    note_delete,
    note_edit,
    notes_delete,
    notes_export,
    notes_of,
    notes_take_in,
    place_keep,
    reading_choices,
)
from thongsuot.library.views.offline import device, keep_list, offline, service_worker
from thongsuot.library.views.proof import mend_undo, proof, proof_page, proof_passage
from thongsuot.library.views.reading import (
    chapter,
    chapter_on,
    document_detail,
    document_list,
    goto,
    passage,
    picture,
    plates,
)
from thongsuot.library.views.searching import search, suggest
from thongsuot.library.views.settling import (
    alias_undo,
    aliases,
    citation_settle,
    citations,
    relation_settle,
    relations,
)
from thongsuot.library.views.words import word_edit, word_import, word_list, word_remove

__all__ = [
    "alias_undo",
    "aliases",
    "chapter",
    "chapter_on",
    "citation_settle",
    "citations",
    "cited_by",
    "compare",
    "copy",
    "copy_file",
    "device",
    "document_detail",
    "document_edit",
    "document_list",
    "document_remove",
    "downloads",
    "goto",
    "import_answer",
    "import_cancel",
    "import_create",
    "import_detail",
    "import_list",
    "import_retry",
    "keep_list",
    "mend_undo",
    "my_notes",
    "note_create",
    "note_delete",
    "note_edit",
    "notes_delete",
    "notes_export",
    "notes_of",
    "notes_take_in",
    "offline",
    "passage",
    "passage_about",
    "picture",
    "place_keep",
    "plates",
    "proof",
    "proof_page",
    "proof_passage",
    "reading_choices",
    "relation_settle",
    "relations",
    "search",
    "service_worker",
    "suggest",
    "word_edit",
    "word_import",
    "word_list",
    "word_remove",
]
