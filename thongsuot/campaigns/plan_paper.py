"""A plan as an official paper: what goes on it, in the words its organisation uses. Always Vietnamese."""

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.campaigns.launching import ancestor_ids
from thongsuot.campaigns.models import Plan
from thongsuot.library.models import Document
from thongsuot.papers.writing import Paper, Section, Signature, Table
from thongsuot.people.models import Office, Person
from thongsuot.units.models import Position, Unit

# In whose name a collective signs, by the code of the issuer.
AUTHORITIES = {"TU": "T/M BAN THƯỜNG VỤ", "QU": "T/M BAN THƯỜNG VỤ", "ĐU": "T/M ĐẢNG ỦY", "CB": "T/M CHI BỘ"}
ROLE_TITLES = {Office.Role.HEAD: "BÍ THƯ", Office.Role.DEPUTY: "PHÓ BÍ THƯ"}
_KIND_WORDS = re.compile(
    r"^(thành|tỉnh|quận|huyện|đảng|ban)\s+(u[yỷ]|[uủ]y|bộ|chấp hành)\s+(thành phố |tỉnh )?", re.IGNORECASE
)


def paper_of(plan: Plan, on: date) -> Paper:
    """The plan as it leaves; a draft is marked as one and dated ``on``."""
    dated = plan.issued_on or on
    hierarchy = plan.campaign.hierarchy
    above = ancestor_ids(plan.unit, hierarchy)
    names = {unit.pk: unit.name_on(dated) for unit in Unit.objects.filter(pk__in=[*above[:1], *above[-1:]])}
    superior = names.get(above[0], "") if above else ""
    party = hierarchy.paper_system == "party"
    with override("vi"):
        return Paper(
            system=hierarchy.paper_system,
            on=dated,
            superior=superior,
            issuer=plan.unit.name_on(dated),
            number=plan.number,
            place=_place(names.get(above[-1], "") if above else plan.unit.name_on(dated)),
            type_name="KẾ HOẠCH",
            subject=_subject(plan.title, party),
            bases=_bases(plan),
            sections=_sections(plan),
            recipients=_recipients(plan, superior),
            signatures=[_signature(plan, dated, party)],
            draft="" if plan.is_issued else _("First draft"),
            note=_made_up(plan),
        )


def _place(top: str) -> str:
    return _KIND_WORDS.sub("", top).strip() or top


def _subject(title: str, party: bool) -> str:
    """In Party papers the subject goes on from the type's name in small letters."""
    title = title.strip().rstrip(".")
    if not party or re.match(r"^(về|[a-zà-ỹđ])", title):
        return title
    return f"về {title[:1].lower()}{title[1:]}" if not title[:2].isupper() else f"về {title}"


def reference(document: Document) -> str:
    """A document cited in full: type, number, date, issuer, subject."""
    day = f", ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    of = f" của {document.issuer}" if document.issuer else ""
    subject = document.subject or document.title
    return f"{document.number}{day}{of}: {subject}" if document.number else document.title


def _bases(plan: Plan) -> list[str]:
    bases = []
    if plan.campaign.directive:
        bases.append(_("Pursuant to %(document)s") % {"document": reference(plan.campaign.directive)})
    if plan.above and plan.above.issued_on:
        above = plan.above
        cited = f"{above.number}, ngày {above.issued_on:%d/%m/%Y} của {above.unit.name_on(above.issued_on)}"
        bases.append(_("Pursuant to Plan %(plan)s") % {"plan": cited})
    return bases


def _sections(plan: Plan) -> list[Section]:
    parts = [
        (_("Purpose and requirements"), plan.purpose),
        (_("Content"), _joined(plan.content, plan.own_part)),
        (_("Who, how and when"), plan.audience),
        (_("Carrying out"), plan.organisation),
    ]
    sections = [Section(heading, list(_paragraphs(text))) for heading, text in parts if text.strip()]
    items = list(plan.items.all())
    if items:
        head = [_("No."), _("Work"), _("Who"), _("When"), _("Responsibility"), _("Authority"), _("Product")]
        rows = [
            [
                str(number),
                item.work,
                item.who,
                f"{item.due_on:%d/%m/%Y}" if item.due_on else "",
                item.responsibility,
                item.authority,
                item.product,
            ]
            for number, item in enumerate(items, start=1)
        ]
        sections.append(Section(_("Tasks"), [Table(head, rows, (9, 45, 26, 20, 22, 20, 23))]))
    return sections


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text.strip())


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _recipients(plan: Plan, superior: str) -> list[str]:
    below = Position.objects.filter(hierarchy=plan.campaign.hierarchy, parent=plan.unit).exists()
    recipients = [superior] if superior else []
    if below:
        recipients.append(_("Subordinate organisations"))
    return [*recipients, _("File: %(unit)s") % {"unit": plan.unit.issuer_code}]


def _signature(plan: Plan, dated: date, party: bool) -> Signature:
    if plan.signed_by is None:
        return Signature(AUTHORITIES.get(plan.unit.issuer_code, "") if party else "", "", "")
    office = _office(plan.signed_by, plan.unit, dated)
    title = (office.title if office and office.title else "") or ROLE_TITLES.get(office.role if office else "", "")
    authority = AUTHORITIES.get(plan.unit.issuer_code, "") if party else ""
    return Signature(authority, title, plan.signed_by.full_name)


def _office(person: Person, unit: Unit, on: date) -> Office | None:
    offices = Office.objects.in_force(on).filter(person=person, unit=unit)
    return offices.filter(role=Office.Role.HEAD).first() or offices.first()


def _made_up(plan: Plan) -> str:
    if plan.unit.is_made_up or (plan.signed_by and plan.signed_by.is_made_up):
        return _("Example: people and figures in this paper are made up.")
    return ""
