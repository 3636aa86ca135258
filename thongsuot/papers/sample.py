"""The city's Plan 147-KH/TU as a file to try the product with: its facts, in words of our own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from thongsuot.papers.writing import Paper, Points, Section, Signature, Table, write_docx

MADE_UP = "Bản minh hoạ dựng lại từ thông tin báo chí; lời văn không phải của văn bản gốc."


def city_plan_docx(content: Mapping[str, Any]) -> bytes:
    """The plan as an official paper of its date. What ``content`` does not say takes the known facts.

    Keys: number, on, superior, issuer, place, type_name, subject, bases, opening, recipients, authority, title,
    name, note, and sections: each with heading, level, paragraphs, points, lettered, table (head, rows, widths_mm).
    """
    on = content.get("on", date(2023, 3, 30))
    return write_docx(
        Paper(
            system="party",
            on=on if isinstance(on, date) else date.fromisoformat(on),
            superior=content.get("superior", "Đảng bộ thành phố Hà Nội"),
            issuer=content.get("issuer", "Thành uỷ Hà Nội"),
            number=content.get("number", "147-KH/TU"),
            place=content.get("place", "Hà Nội"),
            type_name=content.get("type_name", "Kế hoạch"),
            subject=content.get("subject", "tổ chức đợt sinh hoạt chính trị về phòng, chống tham nhũng, tiêu cực"),
            bases=list(content.get("bases", [])),
            opening=_paragraphs(content.get("opening", [])),
            sections=[_section(each) for each in content.get("sections", [])],
            recipients=list(content.get("recipients", ["Các quận uỷ, huyện uỷ, thị uỷ", "Lưu Văn phòng Thành uỷ"])),
            signatures=[
                Signature(
                    content.get("authority", "T/M Ban Thường vụ"), content.get("title", ""), content.get("name", "")
                )
            ],
            note=content.get("note", MADE_UP),
        )
    )


def _paragraphs(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _section(given: Mapping[str, Any]) -> Section:
    body: list[str | Table | Points] = [*_paragraphs(given.get("paragraphs", []))]
    if given.get("points"):
        body.append(Points(list(given["points"]), lettered=bool(given.get("lettered"))))
    if table := given.get("table"):
        body.append(Table(table["head"], table["rows"], table.get("widths_mm", ())))
    return Section(given.get("heading", ""), body, int(given.get("level", 1)))
