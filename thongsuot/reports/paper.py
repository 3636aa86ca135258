"""The report as an official paper, and as a workbook for those who count on. Always Vietnamese."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone, translation

from thongsuot.papers.letterhead import MADE_UP, TYPE_NAMES, letterhead, signature, subject
from thongsuot.papers.workbooks import Sheet, write_xlsx
from thongsuot.papers.writing import Paper, Section, Table, write_docx
from thongsuot.people.models import Office
from thongsuot.reports.lines import figures_in
from thongsuot.reports.models import Report, Snapshot
from thongsuot.web.templatetags.web import number

STATES = {
    "done": "Đúng hạn", "late": "Muộn", "under_way": "Đang làm", "waiting": "Chưa làm", "overdue": "Quá hạn",
    "excused": "Được miễn",
}  # fmt: skip
LEVELS = ["Cấp", "Hội nghị, buổi sinh hoạt", "Điểm cầu", "Lượt người dự"]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def _level_rows(body: dict[str, Any]) -> list[list[Any]]:
    return [
        [each["level"], each["meeting_held"], each["meeting_points"], each["attendance"]]
        for each in body.get("levels", [])
    ]


def _asked_rows(body: dict[str, Any]) -> list[list[Any]]:
    return [
        [each["requirement"], date.fromisoformat(each["due_on"]), *(each["states"].get(state, 0) for state in STATES)]
        for each in body["asked"]
    ]


def _silent(body: dict[str, Any], *, names: bool) -> str:
    """R17, for those who may know the units below by name."""
    if not body["missing_in_all"]:
        return ""
    text = f"Chưa ghi nhận việc nào: {body['missing_in_all']} tổ chức"
    if not names:
        return f"{text}."
    more = body["missing_in_all"] - len(body["missing"])
    tail = f" và {more} tổ chức khác" if more > 0 else ""
    return f"{text}, gồm: {'; '.join(body['missing'])}{tail}."


def report_docx(
    report: Report, body: dict[str, Any], frozen: Snapshot | None, *, made_up: bool, names: bool = True
) -> bytes:
    """The frozen (or present) figures and words in the layout in force on the report's date."""
    on = (report.submitted_on if frozen else None) or report.period_to
    head = letterhead(report.unit, on, report.campaign.hierarchy)
    office = (
        Office.objects.in_force(on).filter(unit=report.unit, role=Office.Role.HEAD).select_related("person").first()
    )
    words = body["words"]
    with translation.override("vi"):
        figures: list[list[str]] = [[str(n), f.name, f.shown] for n, f in enumerate(figures_in(body), start=1)]
        levels = [[each[0], *(number(amount) for amount in each[1:])] for each in _level_rows(body)]
        asked = [
            [text, f"{due:%d/%m/%Y}", *(number(count) for count in counts)]
            for text, due, *counts in _asked_rows(body)
        ]  # fmt: skip
        results: list[str | Table] = [
            *_paragraphs(words["results"]),
            Table(["TT", "Chỉ tiêu", "Kết quả"], figures, (12, 103, 50)),
        ]
        if levels:
            results += ["Hội nghị, sinh hoạt theo cấp:", Table(LEVELS, levels, (66, 33, 33, 33))]
        if asked:
            widths = (57, 24, 14, 14, 14, 14, 14, 14)
            results += ["Việc phải làm theo từng yêu cầu:", Table(["Yêu cầu", "Hạn", *STATES.values()], asked, widths)]
        if silent := _silent(body, names=names):
            results.append(silent)
        sections = [
            Section("Tình hình và văn bản chỉ đạo", _paragraphs(words["situation"])),
            Section("Kết quả", results),
            Section("Hạn chế, nguyên nhân", _paragraphs(words["limits"]) + _paragraphs(words["causes"])),
            Section("Bài học, nhiệm vụ thời gian tới", _paragraphs(words["lessons"])),
            Section("Kiến nghị, đề xuất", _paragraphs(words["proposals"]) or ["Không có."]),
        ]
        notes = [MADE_UP] if made_up else []
        if frozen:
            when = timezone.localtime(frozen.made_at)
            notes.append(f"Số liệu chốt lúc {when:%H:%M ngày %d/%m/%Y}. Mã chốt SHA-256: {frozen.sha256}.")
        paper = Paper(
            **asdict(head),
            on=on,
            number=report.number,
            type_name=TYPE_NAMES["BC"],
            subject=subject(f"kết quả thực hiện {subject(report.campaign.title, 'party')}", head.system),
            sections=[section for section in sections if section.body],
            recipients=[each for each in (head.superior, f"Lưu {report.unit.issuer_code}") if each],
            signatures=[signature(report.unit, on, head.system, office.person if office else None)],
            draft="" if frozen else "Dự thảo",
            note=" ".join(notes),
        )
        return write_docx(paper)


def report_xlsx(
    report: Report, body: dict[str, Any], frozen: Snapshot | None, *, made_up: bool, names: bool = True
) -> bytes:
    """Figures, levels, what became of each requirement, and the units with nothing recorded."""
    with translation.override("vi"):
        figures: list[list[Any]] = [
            [f.code, f.name, f.shown, "", f.note]
            if f.is_small
            else [f.code, f.name, f.value, f.of if f.of is not None else "", f.note]
            for f in figures_in(body)
        ]
    about: list[list[Any]] = [
        ["Tổ chức", report.unit.name],
        ["Đợt sinh hoạt", report.campaign.title],
        ["Từ ngày", report.period_from],
        ["Đến ngày", report.period_to],
        ["Số, ký hiệu", report.number],
        ["Số người phải tham gia", body["people"]],
        ["Số tổ chức", body["units"]],
        ["Mã chốt SHA-256", frozen.sha256 if frozen else "Dự thảo, chưa chốt"],
        *([["Lưu ý", MADE_UP]] if made_up else []),
    ]
    silent = [[name] for name in body["missing"]] if names else []
    return write_xlsx(
        [
            Sheet("Số liệu", ["Mã", "Chỉ tiêu", "Số", "Trên tổng số", "Cách tính"], figures, (8, 60, 20, 14, 44)),
            Sheet("Theo cấp", LEVELS, _level_rows(body), (40, 24, 14, 16)),
            Sheet("Yêu cầu", ["Yêu cầu", "Hạn", *STATES.values()], _asked_rows(body), (60, 12, *[10] * len(STATES))),
            Sheet("Chưa ghi nhận", ["Tổ chức"], silent or [[_silent(body, names=False)]], (60,)),
            Sheet("Thông tin", ["Mục", "Nội dung"], about, (28, 70)),
        ],
        on=report.submitted_on or report.period_to,
    )
