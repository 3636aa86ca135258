"""A plan as an official paper: what goes on it, in the words its organisation uses. Always Vietnamese."""

from dataclasses import asdict
from datetime import date

from thongsuot.campaigns.models import Plan
from thongsuot.library.models import Document
from thongsuot.papers.clear_tasks import ClearTask, tasks_table
from thongsuot.papers.letterhead import MADE_UP, TYPE_NAMES, cited, letterhead, signature, subject
from thongsuot.papers.writing import Paper, Section
from thongsuot.units.models import Position


def paper_of(plan: Plan, on: date) -> Paper:
    """The plan as it leaves; a draft is marked as one and dated ``on``."""
    dated = plan.issued_on or on
    head = letterhead(plan.unit, dated, plan.campaign.hierarchy)
    return Paper(
        **asdict(head),
        on=dated,
        number=plan.number,
        type_name=TYPE_NAMES["KH"],
        subject=subject(plan.title, head.system),
        bases=_bases(plan),
        sections=_sections(plan),
        recipients=_recipients(plan, head.superior),
        signatures=[signature(plan.unit, dated, head.system, plan.signed_by)],
        draft="" if plan.is_issued else "Dự thảo lần 1",
        note=MADE_UP if plan.unit.is_made_up or (plan.signed_by and plan.signed_by.is_made_up) else "",
    )


def _bases(plan: Plan) -> list[str]:
    """The directive in full, then the plan above, unless that one is the directive itself."""
    directive, above = plan.campaign.directive, plan.above
    bases = [document_cited(directive)] if directive else []
    if above and above.issued_on and not (directive and directive.number == above.number):
        issuer = above.unit.name_on(above.issued_on)
        bases.append(cited(above.number, above.issued_on, issuer, type_name=TYPE_NAMES["KH"]))
    return [f"Căn cứ {base}" for base in bases]


def document_cited(document: Document) -> str:
    """A document cited in full; its title where it has no number."""
    if not document.number:
        return document.title
    about = document.subject or document.title
    type_name = TYPE_NAMES.get(document.doc_type, "")
    return cited(document.number, document.issued_on, document.issuer, about, type_name)


def _sections(plan: Plan) -> list[Section]:
    parts = [
        ("Mục đích, yêu cầu", plan.purpose),
        ("Nội dung", _joined(plan.content, plan.own_part)),
        ("Đối tượng, hình thức, thời gian", plan.audience),
        ("Tổ chức thực hiện", plan.organisation),
    ]
    sections = [Section(heading, list(_paragraphs(text))) for heading, text in parts if text.strip()]
    tasks = [
        ClearTask(item.work, item.who, item.due_on, item.responsibility, item.authority, item.product)
        for item in plan.items.all()
    ]
    if tasks:
        sections.append(Section("Nhiệm vụ", [tasks_table(tasks)]))
    return sections


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text.strip())


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _recipients(plan: Plan, superior: str) -> list[str]:
    below = Position.objects.filter(hierarchy=plan.campaign.hierarchy, parent=plan.unit).exists()
    recipients = [superior] if superior else []
    if below:
        recipients.append("Các tổ chức trực thuộc")
    return [*recipients, f"Lưu {plan.unit.issuer_code}"]
