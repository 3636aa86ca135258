"""Minutes as an official paper, in the field's usual order. Always Vietnamese."""

from datetime import date

from thongsuot.meetings.models import Decision, Meeting, Minutes
from thongsuot.meetings.preparing import holder
from thongsuot.papers.numbering import paper_system
from thongsuot.papers.writing import Paper, Section, Signature, Table
from thongsuot.people.models import Office
from thongsuot.units.models import Position, Unit

MADE_UP = "Bản minh hoạ: tên người và số liệu trong văn bản này là tự đặt."
FORMS = {
    Meeting.Form.IN_PERSON: "trực tiếp",
    Meeting.Form.ONLINE: "trực tuyến",
    Meeting.Form.MIXED: "trực tiếp kết hợp trực tuyến",
}
HEAD = ["TT", "Việc", "Người thực hiện", "Thời gian", "Trách nhiệm", "Thẩm quyền", "Sản phẩm"]


def paper_of(minutes: Minutes, on: date) -> Paper:
    """The minutes as they leave; a draft is marked as one and dated ``on``."""
    meeting = minutes.meeting
    unit, party = meeting.unit, paper_system(meeting.unit) == "party"
    above, top = _above(unit, meeting.held_on)
    subject = meeting.title.strip().rstrip(".")
    return Paper(
        system=paper_system(unit),
        on=meeting.held_on if minutes.is_approved else min(meeting.held_on, on),
        superior=above,
        issuer=unit.name_on(meeting.held_on),
        number=minutes.number,
        place=top,
        type_name="Biên bản",
        subject=f"{subject[:1].lower()}{subject[1:]}" if party and not subject[:2].isupper() else subject,
        sections=_sections(minutes),
        signatures=_signatures(meeting),
        draft="" if minutes.is_approved else "Dự thảo",
        note=MADE_UP if unit.is_made_up else "",
    )


def _above(unit: Unit, on: date) -> tuple[str, str]:
    """Names of the unit above, and of the place: the top of the tree without its kind."""
    place = Position.objects.filter(unit=unit).order_by("hierarchy_id").first()
    chain = [int(key) for key in place.path.strip("/").split("/")][:-1] if place else []
    names = {each.pk: each.name_on(on) for each in Unit.objects.filter(pk__in={*chain[:1], *chain[-1:]})}
    top = names.get(chain[0], "") if chain else unit.name_on(on)
    for word in ("Thành uỷ ", "Thành ủy ", "Tỉnh uỷ ", "Tỉnh ủy ", "Đảng bộ thành phố ", "Đảng bộ tỉnh "):
        top = top.removeprefix(word)
    return (names.get(chain[-1], "") if chain else ""), top


def _sections(minutes: Minutes) -> list[Section]:
    meeting = minutes.meeting
    sections = [
        Section("Thời gian, địa điểm", _when_and_where(meeting)),
        Section("Thành phần", _lines(minutes.opening)),
        Section("Chương trình và nội dung", _agenda(meeting)),
    ]
    if minutes.local_case.strip():
        sections.append(Section("Liên hệ với đơn vị", _lines(minutes.local_case)))
    sections.append(Section("Kết luận của chủ trì", _lines(minutes.conclusion) + _votes(minutes)))
    decisions = list(meeting.decisions.select_related("who"))
    if decisions:
        rows = [_row(number, decision) for number, decision in enumerate(decisions, start=1)]
        sections.append(Section("Việc được giao", [Table(HEAD, rows, (9, 45, 28, 22, 21, 20, 22))]))
    sections.append(Section("Thông qua biên bản", [_adopted(meeting)]))
    return [section for section in sections if section.body]


def _when_and_where(meeting: Meeting) -> list[str | Table]:
    began = f"Bắt đầu lúc {_hour(meeting.starts_at)}, ngày {meeting.held_on:%d/%m/%Y}"
    where = f", tại {meeting.place}" if meeting.place else ""
    lines: list[str | Table] = [f"{began}{where}; hình thức: {FORMS[Meeting.Form(meeting.form)]}."]
    if meeting.chair:
        lines.append(f"Chủ trì: {meeting.chair.full_name}.")
    if meeting.note_taker:
        lines.append(f"Người ghi biên bản: {meeting.note_taker.full_name}.")
    return lines


def _hour(value: object) -> str:
    return f"{value:%H} giờ {value:%M}"


def _agenda(meeting: Meeting) -> list[str | Table]:
    lines: list[str | Table] = []
    for item in meeting.agenda.select_related("passage__edition__document"):
        presented = f" ({item.presenter} trình bày)" if item.presenter else ""
        lines.append(f"{item.order}. {item.title}{presented}.")
        if item.passage:
            page = f", trang {item.passage.printed_page}" if item.passage.printed_page else ""
            lines.append(f"Tài liệu: {item.passage.edition.document.full_name}, {item.passage.label}{page}.")
        lines += _lines(item.discussion)
        if item.conclusion.strip():
            lines.append(f"Kết luận: {' '.join(item.conclusion.split())}")
    return lines


def _votes(minutes: Minutes) -> list[str | Table]:
    votes = (minutes.votes_for, minutes.votes_against, minutes.votes_other)
    if all(vote is None for vote in votes):
        return []
    given = [vote or 0 for vote in votes]
    return [f"Kết quả biểu quyết: tán thành {given[0]}; không tán thành {given[1]}; ý kiến khác {given[2]}."]


def _row(number: int, decision: Decision) -> list[str]:
    return [
        str(number),
        decision.work,
        decision.who.full_name,
        f"{decision.due_on:%d/%m/%Y}",
        decision.responsibility,
        decision.authority,
        decision.product,
    ]


def _adopted(meeting: Meeting) -> str:
    ended = f" kết thúc lúc {_hour(meeting.ends_at)}," if meeting.ends_at else ""
    return f"Buổi họp{ended} biên bản đã được đọc và thông qua trước hội nghị."


def _lines(text: str) -> list[str | Table]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _signatures(meeting: Meeting) -> list[Signature]:
    """Left who wrote, right who chaired; the head where no chair was named."""
    chair = meeting.chair or holder(meeting.unit, Office.Role.HEAD, meeting.held_on)
    taker = meeting.note_taker.full_name if meeting.note_taker else ""
    return [
        Signature("", "NGƯỜI GHI BIÊN BẢN", taker),
        Signature("", "CHỦ TRÌ", chair.full_name if chair else ""),
    ]
