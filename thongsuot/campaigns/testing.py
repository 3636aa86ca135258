"""Builders for tests: campaigns, obligations and plans made by doing."""

from datetime import date
from itertools import count

from thongsuot.campaigns import cascade, launching
from thongsuot.campaigns.models import Campaign, Obligation, Plan, Requirement
from thongsuot.library.models import Document, Edition, Passage
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_kind, a_small_city, a_unit

_numbers = count(1)
Kind = Requirement.Kind

# What a whole campaign asks: of which kinds of unit, by when.
ASKED: dict[str, tuple[tuple[str, ...], date]] = {
    Kind.PLAN: (("district", "base_committee"), date(2023, 5, 19)),
    Kind.MEETING: (("base_cell", "cell"), date(2023, 5, 31)),
    Kind.REPORT: (("district", "base_committee", "base_cell"), date(2023, 6, 15)),
}


def a_document(number: str = "", *, is_public: bool = True, unit: Unit | None = None) -> Document:
    n = next(_numbers)
    return Document.objects.create(
        slug=f"van-ban-{n}",
        kind=Document.Kind.DIRECTIVE,
        system="party",
        doc_type="KH",
        number=number or f"{n}-KH/TU",
        issuer="Thành uỷ Thử Nghiệm",
        issued_on=date(2023, 3, 30),
        title="Kế hoạch thử nghiệm",
        is_public=is_public,
        unit=unit,
    )


def a_passage(document: Document | None = None, heading: str = "Mục thử") -> Passage:
    edition, _made = Edition.objects.get_or_create(document=document or a_document(), language="vi")
    n = next(_numbers)
    return Passage.objects.create(
        edition=edition,
        parent=None,
        position=n,
        kind=Passage.Kind.PARAGRAPH,
        anchor=f"p{n}",
        label=f"Đoạn {n}",
        heading=heading,
        text="Một đoạn văn để thử.",
        printed_page=str(n),
    )


def a_campaign(unit: Unit | None = None, *, asked: dict[str, tuple[tuple[str, ...], date]] | None = None) -> Campaign:
    """A draft with three core contents and its requirements, each resting on a passage."""
    unit = unit or a_small_city()["city"]
    directive = a_document()
    campaign = launching.draft_campaign(
        unit,
        hierarchy=a_hierarchy(),
        title=f"Đợt sinh hoạt thử {next(_numbers)}",
        directive=directive,
        starts_on=date(2023, 4, 3),
        by=None,
        at=NOW,
        summary="Nhận thức thống nhất, hành động cụ thể.",
    )
    for number in (1, 2, 3):
        launching.set_topic(campaign, number, title=f"Nội dung cốt lõi thứ {number}", by=None, at=NOW)
    for kind, (kinds, due_on) in (ASKED if asked is None else asked).items():
        launching.add_requirement(
            campaign,
            kind=kind,
            text=f"Việc {Kind(kind).value}",
            due_on=due_on,
            for_kinds=[a_kind(slug) for slug in kinds],
            by=None,
            at=NOW,
            proof="Văn bản",
            passage=a_passage(directive),
            quote="Các tổ chức đảng tổ chức thực hiện.",
        )
    return campaign


def an_issued_campaign(unit: Unit | None = None, *, to: Unit | None = None, on: date = TODAY, **more) -> Campaign:
    campaign = a_campaign(unit, **more)
    launching.issue_campaign(campaign, to=to or campaign.unit, by=None, on=on, at=NOW)
    campaign.refresh_from_db()
    return campaign


def an_obligation(unit: Unit, kind: str = Kind.PLAN, *, campaign: Campaign | None = None) -> Obligation:
    """The obligation of that kind that an issued campaign of the unit at the top laid on the unit."""
    campaign = campaign or an_issued_campaign(_top(unit))
    return Obligation.objects.get(requirement__campaign=campaign, requirement__kind=kind, unit=unit)


def _top(unit: Unit) -> Unit:
    place = unit.positions.get(hierarchy=a_hierarchy())
    return Unit.objects.get(pk=int(place.path.strip("/").split("/")[0]))


PARTS = {
    "purpose": "Nâng cao nhận thức của cán bộ, đảng viên về phòng, chống tham nhũng, tiêu cực.",
    "content": "Học ba nội dung cốt lõi và liên hệ với nhiệm vụ của đơn vị.",
    "organisation": "Văn phòng theo dõi; các chi bộ tổ chức thực hiện và báo cáo.",
}


def a_draft(campaign: Campaign, unit: Unit, **parts: str) -> Plan:
    """A draft whose parts are written and that has no item yet."""
    plan = cascade.start_plan(campaign, unit, by=None, at=NOW)
    return cascade.write_plan(plan, by=None, at=NOW, **(PARTS | parts))


def an_item(plan: Plan, work: str = "", **more):
    return cascade.add_item(
        plan,
        by=None,
        at=NOW,
        work=work or f"Tổ chức việc thứ {next(_numbers)}",
        who=more.pop("who", "Ban Tuyên giáo"),
        due_on=more.pop("due_on", date(2023, 6, 1)),
        product=more.pop("product", "Báo cáo"),
        **more,
    )


def a_plan(campaign: Campaign, unit: Unit, *, items: int = 2, on: date = TODAY, **parts: str) -> Plan:
    """An issued plan with own items that answers everything asked of it: done by us."""
    plan = a_draft(campaign, unit, **parts)
    for _n in range(items):
        an_item(plan)
    for item in cascade.unanswered_items(plan):
        cascade.answer_item(plan, item, "ours", by=None, at=NOW)
    return cascade.issue_plan(plan, by=None, on=on, at=NOW)


__all__ = [
    "NOW",
    "TODAY",
    "a_campaign",
    "a_document",
    "a_draft",
    "a_passage",
    "a_plan",
    "a_small_city",
    "a_unit",
    "an_issued_campaign",
    "an_item",
    "an_obligation",
]
