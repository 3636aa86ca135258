"""What a copy can be made of, and how one knows that its words have changed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import override

from thongsuot.library.copies.gathering import Step, of_edition, of_trail
from thongsuot.library.copies.works import Work
from thongsuot.library.models import Copy, Document, Edition, Passage

# Raise when copies come out differently: those made before are then made anew.
FORM = 1
_LAWS = (Document.Kind.LAW, Document.Kind.DECREE, Document.Kind.DIRECTIVE)
_ABOUT = (
    "title",
    "title_en",
    "author",
    "number",
    "issuer",
    "issued_on",
    "subject",
    "subject_en",
    "kind",
    "in_force_to",
)
_WORDS = ("anchor", "kind", "label", "heading", "text", "printed_page", "picture", "image_id", "alt", "is_withdrawn")


@dataclass(frozen=True)
class Subject:
    """``site`` is the address before every path, without a slash at its end."""

    key: str
    language: str
    title: str
    site: str
    edition: Edition | None = None
    trail: dict[str, Any] | None = None
    is_public: bool = False

    @property
    def kinds(self) -> list[str]:
        """Books for everything; laws and directives also in the form for exchange. An outline is no law."""
        is_law = self.edition and self.edition.document.kind in _LAWS and not self.edition.is_outline
        return [Copy.Kind.EPUB, Copy.Kind.PDF, *([Copy.Kind.AKN] if is_law else [])]

    def fingerprint(self) -> str:
        """Of all words that the copy says; two queries at the most."""
        digest = hashlib.sha256(json.dumps([FORM, self.site, self.title, self.trail, self.is_public]).encode())
        if self.edition:
            document = self.edition.document
            digest.update(repr([getattr(document, name) for name in _ABOUT] + [self.edition.note]).encode())
            rows = self.edition.passages.order_by("position")
        else:
            rows = Passage.objects.filter(_reach(self.trail or {})).order_by("edition", "position")
        for row in rows.values_list(*_WORDS).iterator(2000):
            digest.update(repr(row).encode())
        return digest.hexdigest()


def of_text(edition: Edition, site: str) -> Subject:
    """``edition.document`` is at hand."""
    document = edition.document
    title = (document.title_en if edition.language == "en" else "") or document.title
    return Subject(f"edition:{edition.uid}", edition.language, title, site, edition=edition)


def of_steps(
    uid: UUID, title: str, steps: Sequence[Step], *, language: str, introduction: str, path: str, site: str,
    is_public: bool,
) -> Subject:  # fmt: skip
    """A trail of passages, such as a topic's: ``uid`` is the trail's own, ``path`` where it is walked.

    ``is_public`` says whether its lines of introduction are for everyone; the passages say so themselves.
    """
    trail = {
        "uid": str(uid),
        "steps": [
            {"passage": str(step.passage), "introduction": step.introduction, "last": step.last and str(step.last)}
            for step in steps
        ],
        "introduction": introduction,
        "path": path,
    }
    key = f"trail:{uid}:{language}" + ("" if is_public else ":members")
    return Subject(key, language, title[:400], site, trail=trail, is_public=is_public)


def work_of(copy: Copy, made_on: date) -> Work:
    """The work that the copy is to hold, as the library stands now."""
    # What the library says of a text is said in the text's language.
    with override(copy.language):
        if copy.edition:
            return of_edition(copy.edition, site=copy.site, on=made_on)
        trail = copy.trail
        steps = [
            Step(UUID(step["passage"]), step["introduction"], UUID(step["last"]) if step["last"] else None)
            for step in trail["steps"]
        ]
        return of_trail(
            UUID(trail["uid"]), copy.title, steps, language=copy.language, introduction=trail["introduction"],
            address=f"{copy.site}{trail['path']}", site=copy.site, on=made_on,
        )  # fmt: skip


def documents_in(copy: Copy) -> set[int]:
    """Keys of the documents whose words the copy holds."""
    if copy.edition:
        return {copy.edition.document_id}
    found = Passage.objects.filter(uid__in=_steps(copy.trail)).values_list("edition__document_id", flat=True)
    return set(found)


def _steps(trail: dict[str, Any]) -> list[str]:
    return [step["passage"] for step in trail.get("steps", ())]


def _reach(trail: dict[str, Any]) -> Q:
    """The passages named and what lies below them, in either language: at the most the editions' whole text."""
    named = Passage.objects.filter(uid__in=_steps(trail))
    return Q(edition__document__in=named.values("edition__document"))
