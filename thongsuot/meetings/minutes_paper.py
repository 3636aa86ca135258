"""Minutes as an official paper, in the field's usual order. Always Vietnamese."""

from dataclasses import asdict
from datetime import date

from thongsuot.meetings.models import Meeting, Minutes
from thongsuot.meetings.preparing import holder
from thongsuot.papers.clear_tasks import ClearTask, tasks_table
from thongsuot.papers.letterhead import MADE_UP, TYPE_NAMES, letterhead, short_date, subject
from thongsuot.papers.writing import Paper, Section, Signature, Table
from thongsuot.people.models import Office

FORMS = {
    Meeting.Form.IN_PERSON: "trực tiếp",
    Meeting.Form.ONLINE: "trực tuyến",
    Meeting.Form.MIXED: "trực tiếp kết hợp trực tuyến",
}


def paper_of(minutes: Minutes, on: date) -> Paper:
    """The minutes as they leave; a draft is marked as one and dated ``on``."""
    meeting = minutes.meeting
    head = letterhead(meeting.unit, meeting.held_on)
    return Paper(
        **asdict(head),
        on=meeting.held_on if minutes.is_approved else min(meeting.held_on, on),
        number=minutes.number,
        type_name=TYPE_NAMES["BB"],
        subject=subject(meeting.title, head.system),
        sections=_sections(minutes),
        signatures=_signatures(meeting),
        draft="" if minutes.is_approved else "Dự thảo",
        note=MADE_UP if meeting.unit.is_made_up else "",
    )


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
        tasks = [
            ClearTask(one.work, one.who.full_name, one.due_on, one.responsibility, one.authority, one.product)
            for one in decisions
        ]
        sections.append(Section("Việc được giao", [tasks_table(tasks)]))
    sections.append(Section("Thông qua biên bản", [_adopted(meeting)]))
    return [section for section in sections if section.body]


def _when_and_where(meeting: Meeting) -> list[str | Table]:
    began = f"Bắt đầu lúc {_hour(meeting.starts_at)}, ngày {short_date(meeting.held_on)}"
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


def _adopted(meeting: Meeting) -> str:
    if meeting.ends_at is None:
        return "Biên bản đã được đọc và thông qua trước hội nghị."
    return f"Buổi họp kết thúc lúc {_hour(meeting.ends_at)}, biên bản đã được đọc và thông qua trước hội nghị."


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
