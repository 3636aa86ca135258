"""Names of laws that other systems understand: FRBR identifiers after the Akoma Ntoso Naming Convention 1.0.

/akn/vn/act/luat/2018-11-20/36-2018-QH14 is the law; …/vie@2019-07-01 its text in Vietnamese as of that day.
"""

import re
from datetime import date

from django.utils.text import slugify

from thongsuot.library.models import Document, Edition
from thongsuot.viet.text import fold

LANGUAGES = {"vi": "vie", "en": "eng"}
_ACTS = {Document.Kind.LAW: "luat", Document.Kind.DECREE: "nghi-dinh"}
_TYPES = {
    "KH": "ke-hoach", "HD": "huong-dan", "KL": "ket-luan", "CT": "chi-thi", "NQ": "nghi-quyet", "QĐ": "quyet-dinh",
    "QyĐ": "quy-dinh", "TT": "thong-tu", "NĐ": "nghi-dinh", "PL": "phap-lenh", "BC": "bao-cao", "TB": "thong-bao",
}  # fmt: skip
_UNFIT = re.compile(r"[^A-Za-z0-9]+")
_MARKS = re.compile(r"[^\x00-\x7f]")


def is_act(document: Document) -> bool:
    """Whether Akoma Ntoso calls it an act; what a committee asks of its own is a document."""
    return document.kind in _ACTS


def subtype(document: Document) -> str:
    typed = _TYPES.get(document.doc_type, "")
    return typed or _ACTS.get(Document.Kind(document.kind), "") or slugify(fold(document.doc_type)) or "van-ban"


def work_uri(document: Document) -> str:
    """Of the document itself, whatever its language and day."""
    # Party numbers restart each term and with each committee: the issuer belongs to the name.
    actor = "" if is_act(document) else slugify(fold(document.issuer))
    day = document.issued_on.isoformat() if document.issued_on else "nodate"
    parts = ["akn", "vn", "act" if is_act(document) else "doc", subtype(document), actor, day, _number(document)]
    return "/" + "/".join(part for part in parts if part)


def expression_uri(edition: Edition) -> str:
    """Of its text in one language, as of a day."""
    return f"{work_uri(edition.document)}/{LANGUAGES.get(edition.language, edition.language)}@{_day(edition)}"


def as_of(edition: Edition) -> date | None:
    return edition.valid_from or edition.document.issued_on


def _day(edition: Edition) -> str:
    day = as_of(edition)
    return day.isoformat() if day else ""


def _number(document: Document) -> str:
    """36/2018/QH14 as 36-2018-QH14, in letters that every address may hold."""
    plain = "".join(fold(letter).upper() if _MARKS.match(letter) and letter.isupper() else letter
                    for letter in document.number)  # fmt: skip
    return (
        _UNFIT.sub("-", "".join(fold(letter) if _MARKS.match(letter) else letter for letter in plain)).strip("-")
        or document.slug
    )
