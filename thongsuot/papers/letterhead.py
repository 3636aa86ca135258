"""Whose paper it is: its head, its place, in whose name it is signed, and what it cites. Always Vietnamese."""

import re
from dataclasses import dataclass
from datetime import date

from thongsuot.papers.writing import Signature
from thongsuot.people.models import Office, Person
from thongsuot.units.models import Hierarchy, Position, Unit

MADE_UP = "Bản minh hoạ: tên người và số liệu trong văn bản này là tự đặt."
# How a type of paper is called when it is cited, by its code.
TYPE_NAMES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "KL": "Kết luận", "QC": "Quy chế", "HD": "Hướng dẫn",
    "TB": "Thông báo", "BC": "Báo cáo", "KH": "Kế hoạch", "CTr": "Chương trình", "ĐA": "Đề án", "TTr": "Tờ trình",
    "CV": "Công văn", "BB": "Biên bản",
}  # fmt: skip
# In whose name a collective signs, by the code of the issuer.
AUTHORITIES = {"TU": "T/M BAN THƯỜNG VỤ", "QU": "T/M BAN THƯỜNG VỤ", "ĐU": "T/M ĐẢNG UỶ", "CB": "T/M CHI BỘ"}
ROLE_TITLES: dict[str, str] = {Office.Role.HEAD: "BÍ THƯ", Office.Role.DEPUTY: "PHÓ BÍ THƯ"}
_KIND_WORDS = re.compile(
    r"^(thành|tỉnh|quận|huyện|đảng|ban)\s+(u[yỷ]|[uủ]y|bộ|chấp hành)\s+(thành phố |tỉnh )?", re.IGNORECASE
)


@dataclass(frozen=True)
class Letterhead:
    """What the head of a paper says; its fields are those of Paper."""

    system: str  # party | state
    superior: str
    issuer: str
    place: str


def letterhead(unit: Unit, on: date, hierarchy: Hierarchy | None = None) -> Letterhead:
    """Of the unit under its name of that day; the place is that of the whole organisation. Three queries."""
    places = Position.objects.filter(unit=unit).select_related("hierarchy").order_by("hierarchy_id")
    place = places.filter(hierarchy=hierarchy).first() if hierarchy else places.first()
    hierarchy = hierarchy or (place.hierarchy if place else None)
    above = [int(key) for key in place.path.strip("/").split("/")][:-1] if place else []
    names = {one.pk: one.name_on(on) for one in Unit.objects.filter(pk__in={*above[:1], *above[-1:]})}
    own = unit.name_on(on)
    top = names.get(above[0], own) if above else own
    return Letterhead(
        system=hierarchy.paper_system if hierarchy else Hierarchy.PaperSystem.PARTY.value,
        superior=names.get(above[-1], "") if above else "",
        issuer=own,
        place=_KIND_WORDS.sub("", top).strip() or top,
    )


def signature(unit: Unit, on: date, system: str, person: Person | None) -> Signature:
    """The person signs for the unit, under the title of the office held on that day."""
    authority = AUTHORITIES.get(unit.issuer_code, "") if system == "party" else ""
    if person is None:
        return Signature(authority)
    offices = Office.objects.in_force(on).filter(person=person, unit=unit)
    office = offices.filter(role=Office.Role.HEAD).first() or offices.first()
    title = (office.title or ROLE_TITLES.get(office.role, "")) if office else ""
    return Signature(authority, title, person.full_name)


def subject(title: str, system: str) -> str:
    """In Party papers the subject goes on from the type's name in small letters."""
    title = title.strip().rstrip(".")
    if system != "party" or title[:2].isupper():
        return title
    return f"{title[:1].lower()}{title[1:]}"


def cited(number: str, on: date | None, issuer: str, about: str = "", type_name: str = "") -> str:
    """A document cited for the first time: type, number, date, issuer, subject (domain: citing in full)."""
    text = f"{type_name} số {number}" if type_name else number
    if on:
        text += f", ngày {short_date(on)}"
    if issuer:
        text += f" của {issuer}"
    about = about.strip().rstrip(".")
    if not about:
        return text
    linked = about if re.match(r"^(về|việc)\b", about, re.IGNORECASE) else f"về {about}"
    return f"{text} {linked[:1].lower()}{linked[1:]}"


def short_date(day: date) -> str:
    """30/3/2023, 08/3/2023, 05/02/2023: day and months 1, 2 padded, as in the long form."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
