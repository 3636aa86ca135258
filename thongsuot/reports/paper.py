"""The report as an official paper, and as a workbook for those who count on."""

from typing import Any

from django.utils import translation

from thongsuot.papers.numbering import paper_system
from thongsuot.papers.workbooks import Sheet, write_xlsx
from thongsuot.papers.writing import Paper, Section, Signature, Table, write_docx
from thongsuot.people.models import Office
from thongsuot.reports.gathering import LINES
from thongsuot.reports.models import Report
from thongsuot.viet.text import nfc
from thongsuot.web.templatetags.web import number, share_of

NAMES = {line.code: line.name for line in LINES}
MADE_UP = "Bản minh hoạ: tên người và số liệu trong văn bản này là tự đặt."


def figure_rows(body: dict[str, Any]) -> list[list[str]]:
    """Each figure with numerator and denominator, in words of the language that is active."""
    rows = []
    for n, figure in enumerate(body["figures"], start=1):
        value = share_of(figure["value"], figure["of"]) if figure["of"] is not None else number(figure["value"])
        rows.append([str(n), str(NAMES.get(figure["code"], figure["code"])), value])
    return rows


def _paragraphs(text: str) -> list[str]:
    return [nfc(part.strip()) for part in text.split("\n") if part.strip()]


def report_docx(report: Report, body: dict[str, Any], *, made_up: bool) -> bytes:
    """The frozen (or present) figures and words in the layout in force on the report's date."""
    on = report.submitted_on or report.period_to
    parent = report.unit.positions.select_related("parent").filter(hierarchy=report.campaign.hierarchy_id).first()
    head = (
        Office.objects.in_force(on).filter(unit=report.unit, role=Office.Role.HEAD).select_related("person").first()
    )
    words = body["words"]
    with translation.override("vi"):
        sections = [
            Section("Tình hình và văn bản chỉ đạo", _paragraphs(words["situation"])),
            Section("Kết quả", [*_paragraphs(words["results"]), Table(["TT", "Chỉ tiêu", "Kết quả"], figure_rows(body), (12, 103, 50))]),
            Section("Hạn chế, nguyên nhân", _paragraphs(words["limits"]) + _paragraphs(words["causes"])),
            Section("Bài học, nhiệm vụ thời gian tới", _paragraphs(words["lessons"])),
            Section("Kiến nghị, đề xuất", _paragraphs(words["proposals"]) or ["Không có"]),
        ]
        if body["missing"]:
            shown = "; ".join(body["missing"])
            more = body["missing_in_all"] - len(body["missing"])
            tail = f" và {more} đơn vị khác" if more > 0 else ""
            sections[1].body.append(f"Chưa ghi nhận việc nào: {body['missing_in_all']} đơn vị, gồm {shown}{tail}.")
        paper = Paper(
            system=paper_system(report.unit),
            on=on,
            superior=parent.parent.name if parent and parent.parent else "",
            issuer=body.get("unit") or report.unit.name,
            number=report.number,
            place="Hà Nội",
            type_name="Báo cáo",
            subject=f"kết quả thực hiện {report.campaign.title[:1].lower()}{report.campaign.title[1:]}",
            sections=[section for section in sections if section.body],
            recipients=[parent.parent.name if parent and parent.parent else "", "Lưu"] if parent and parent.parent else ["Lưu"],
            signatures=[Signature("T/M cấp uỷ", head.title or "Bí thư", head.person.full_name)] if head else [],
            draft="" if report.submitted_at else "Dự thảo",
            note=MADE_UP if made_up else "",
        )  # fmt: skip
        return write_docx(paper)


def report_xlsx(report: Report, body: dict[str, Any]) -> bytes:
    """Figures, what became of each requirement, and the units with nothing recorded."""
    figures = [[f["code"], str(NAMES.get(f["code"], "")), f["value"], f["of"] if f["of"] is not None else ""] for f in body["figures"]]
    states = ["done", "late", "under_way", "waiting", "overdue", "excused"]
    asked = [[a["requirement"], a["due_on"], *(a["states"].get(s, 0) for s in states)] for a in body["asked"]]
    return write_xlsx(
        [
            Sheet("Số liệu", ["Mã", "Chỉ tiêu", "Tử số / số", "Mẫu số"], figures, (8, 60, 14, 14)),
            Sheet(
                "Yêu cầu",
                ["Yêu cầu", "Hạn", "Đúng hạn", "Muộn", "Đang làm", "Chờ", "Quá hạn", "Miễn"],
                asked,
                (60, 12, 10, 10, 10, 10, 10, 10),
            ),
            Sheet("Chưa ghi nhận", ["Đơn vị"], [[name] for name in body["missing"]], (60,)),
        ]
    )
