"""The city's Plan 147-KH/TU as a file to try the product with: its facts, in words of our own."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.papers.writing import Paper, Section, Signature, Table, write_docx

# 6 rõ: what, who, when, who answers for it, what they may decide, what comes of it.
SIX_CLEAR = ["TT", "Rõ việc", "Rõ người", "Rõ thời gian", "Rõ trách nhiệm", "Rõ thẩm quyền", "Rõ sản phẩm"]
WIDTHS_MM = (9, 36, 28, 22, 27, 23, 20)


def city_plan_docx(content: Mapping[str, Any]) -> bytes:
    """The plan as an official paper of its date, from texts kept as in example/content/plan-147.toml.

    Reads: number, type, issuer, issued_on, place, subject_vi, basis_vi (a line that ends in a colon opens the
    text), part (heading_vi, paragraphs_vi), item (the six clear ones), signer_line, signer_title, recipients_vi
    and mark_vi, which stands at the foot of each page.
    """
    lines = [line.strip() for line in content.get("basis_vi", [])]
    sections = [_section(part) for part in content.get("part", [])]
    if sections and (items := content.get("item")):
        # Before the last words, which carry the end mark.
        *before, end = sections[-1].body
        sections[-1].body = [*before, "Nhiệm vụ cụ thể như sau:", _six_clear(items), end]
    return write_docx(
        Paper(
            system="party",
            on=content.get("issued_on", date(2023, 3, 30)),
            superior=content.get("superior", ""),
            issuer=content.get("issuer", "Thành uỷ Hà Nội"),
            number=content.get("number", "147-KH/TU"),
            place=content.get("place", "Hà Nội"),
            type_name=content.get("type", "Kế hoạch"),
            subject=content.get("subject_vi", "tổ chức đợt sinh hoạt chính trị"),
            bases=[line for line in lines if not line.endswith(":")],
            opening=[line for line in lines if line.endswith(":")],
            sections=sections,
            recipients=list(content.get("recipients_vi", [])),
            signatures=[Signature(content.get("signer_line", ""), "", content.get("signer_title", ""))],
            note=content.get("mark_vi", ""),
        )
    )


def _section(part: Mapping[str, Any]) -> Section:
    """The layout numbers the headings itself: a number that the text carries is taken off."""
    heading = re.sub(r"^[IVX]+\s*[-.]\s*", "", part.get("heading_vi", ""))
    return Section(heading, [*part.get("paragraphs_vi", [])])


def _six_clear(items: Sequence[Mapping[str, Any]]) -> Table:
    rows = []
    for n, item in enumerate(items, start=1):
        due = item.get("due_on")
        words = [item.get(f"{name}_vi", "") for name in ("work", "who", "responsibility", "authority", "product")]
        rows.append([str(n), words[0], words[1], f"{due:%d/%m/%Y}" if due else "", *words[2:]])
    return Table(SIX_CLEAR, rows, WIDTHS_MM)
