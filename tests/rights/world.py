"""Every address of the product with objects of the example in it, and the people who knock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from thongsuot.campaigns.models import Campaign, Obligation, Plan
from thongsuot.example.organisation import WARDS
from thongsuot.learning import checking
from thongsuot.learning.models import Reflection
from thongsuot.library import mending
from thongsuot.library.marking import put_mark
from thongsuot.library.models import Abbreviation, Alias, Copy, Document, Passage, Picture, PictureSize, Relation
from thongsuot.library.testing import an_import, an_imported_text
from thongsuot.meetings.models import Meeting, Post
from thongsuot.meetings.testing import a_decision
from thongsuot.notices.models import Notice
from thongsuot.papers.files import store_upload
from thongsuot.papers.testing import a_picture, sent
from thongsuot.people.erasing import erase
from thongsuot.people.models import Account, Membership, Office, Person
from thongsuot.practice import acting, reviewing
from thongsuot.practice.models import Action, SelfReview
from thongsuot.reports.lines import BY_CODE
from thongsuot.reports.models import Report, Signal
from thongsuot.units.models import Unit

CAST = {
    "member": "member", "clerk": "cell-clerk", "cell head": "cell-head", "committee head": "committee-head",
    "district officer": "district-officer", "district head": "district-head", "city officer": "city-officer",
    "speaker": "speaker", "auditor": "auditor",
}  # fmt: skip


def people() -> dict[str, Account | None]:
    """Who knocks, by role: nobody signed in, the cast, and three who must find nothing of the cell's."""
    found: dict[str, Account | None] = {"public": None}
    found |= {role: Account.objects.get(username=name) for role, name in CAST.items()}
    elsewhere = Unit.objects.get(name=f"Đảng bộ phường {WARDS[4]}")
    other = Office.objects.get(unit=elsewhere, role="head").person
    found["head elsewhere"] = Account.objects.create_user("head-elsewhere", person=other)
    cell = Unit.objects.get(name__startswith="Chi bộ Minh hoạ 1, phường Hạ Đình")
    former = Person.objects.create(full_name="Người Thử Đã Thôi", is_made_up=True)
    place = cell.positions.get()
    Office.objects.create(
        person=former, unit=cell, role="head", hierarchy=place.hierarchy, valid_from=date(2021, 1, 1),
        valid_to=date(2022, 1, 1),
    )  # fmt: skip
    found["former head"] = Account.objects.create_user("former-head", person=former)
    asleep = Person.objects.create(full_name="Người Thử Bị Khoá", is_made_up=True)
    Office.objects.create(person=asleep, unit=cell, role="head", hierarchy=place.hierarchy, valid_from=date(2021, 1, 1))
    found["locked out"] = Account.objects.create_user("locked-out", person=asleep, is_active=False)
    gone = Person.objects.create(full_name="Người Thử Đã Xoá", is_made_up=True)
    Membership.objects.create(person=gone, unit=cell, kind="full", valid_from=date(2021, 1, 1))
    found["erased"] = Account.objects.create_user("erased", person=gone)
    return found


def erase_who_is_gone() -> None:
    """While signed in somewhere."""
    today, now = timezone.localdate(), timezone.now()
    erase(Account.objects.get(username="erased").person, by=None, on=today, at=now, reason="theo yêu cầu")


@dataclass(frozen=True)
class Address:
    name: str
    url: str


def addresses() -> list[Address]:
    """One address for each URL name, about the cell, committee and people of the cast."""
    known = _arguments()
    found = []
    for name, route in names():
        given = known.get(name, known.get("*" + _shape(route), ())) if "<" in route else ()
        try:
            found.append(Address(name, reverse(name, args=given)))
        except NoReverseMatch as error:
            raise LookupError(f"Say in world.py which object {name} ({route}) is about.") from error
    return found


def names() -> Iterator[tuple[str, str]]:
    """Every URL name of the product with its route; two routes of one name count once."""
    seen = set()
    for name, route in _walk(get_resolver().url_patterns):
        if name not in seen:
            seen.add(name)
            yield name, route


def _walk(patterns: list[Any], space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or space, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name, route


def _shape(route: str) -> str:
    return route.partition("<")[0]


def _arguments() -> dict[str, tuple[Any, ...]]:
    today, now = timezone.localdate(), timezone.now()
    member = Account.objects.get(username="member").person
    campaign = Campaign.objects.get()
    cell = Unit.objects.get(name="Chi bộ Minh hoạ 1, phường Hạ Đình")
    sister = Unit.objects.get(name="Chi bộ Minh hoạ 2, phường Hạ Đình")
    committee = Unit.objects.get(name=f"Đảng bộ phường {WARDS[0]}")
    district = Unit.objects.get(name="Quận uỷ Thanh Xuân")
    topic = campaign.topics.first()
    plan = Plan.objects.get(unit=committee)
    meeting = Meeting.objects.filter(unit=cell).first()
    post = Post.objects.get()
    picture = post.pictures.first()
    decision = a_decision(meeting, member)
    review = SelfReview.objects.get(unit=sister)
    own = reviewing.start(campaign, cell, by=None, at=now)
    action, report = Action.objects.filter(unit=sister).first(), Report.objects.get(unit=committee)
    promised = acting.open_action(
        cell,
        campaign=campaign,
        work="Niêm yết bảng thu chi",
        who=Office.objects.get(unit=cell, role="clerk").person,
        due_on=today,
        product="Bảng niêm yết",
        by=None,
        on=today,
        at=now,
    )
    board = store_upload(sent(a_picture(), "board.jpg"), by=None, at=now, unit=cell, allow=["jpeg"])
    shown = acting.add_evidence(promised, title="Bảng tin", by=None, at=now, file=board)
    sign = Signal.objects.create(
        campaign=campaign,
        unit=cell,
        kind="back_dated",
        values={"days": 21, "held_on": "2023-05-20"},
        subject_kind="meetings.meeting",
        subject_uid=meeting.uid,
        found_at=now,
    )
    handbook = Document.objects.get(kind="handbook")
    cited = Passage.objects.filter(edition__document=handbook, text__gt="").first()
    note = put_mark(member, cited, note="Của riêng đồng chí", at=now)
    drawn = Picture.objects.create(edition=handbook.editions.first(), sha256="0" * 64, width=480, height=300)
    PictureSize.objects.create(picture=drawn, width=480, height=300, file=board)
    city = Unit.objects.get(name="Thành uỷ Hà Nội")
    order = an_import(city)
    proofread = an_imported_text(city)
    to_mend = proofread.passages.get(anchor="dau-01")
    mended = mending.mend(to_mend, "write", {"text": "Đã sửa.", "was_text": to_mend.text}, by=None, at=now)
    obligation = Obligation.objects.get(unit=cell, requirement__kind="meeting")
    officer = Account.objects.get(username="city-officer").person
    check = checking.draw(topic, person=member, unit=cell, by=member, at=now)
    reflection = Reflection.objects.filter(unit=cell).first()
    notice = Notice.objects.filter(person=Account.objects.get(username="cell-head").person).first()
    upload = SimpleUploadedFile("147.docx", _a_directive())
    file = store_upload(upload, by=officer, at=now, unit=city, allow=["docx"])
    alias = Alias.objects.create(number="1-KH/TU", document=handbook, by=officer, at=now)
    relation = Relation.objects.create(number="2-KH/TU", target_number="1-KH/TU", kind="replaces")
    copied = Copy.objects.create(
        kind="epub", key="edition:of-this-world", fingerprint="0" * 64, edition=handbook.editions.first(),
        language="vi", title=handbook.title, state=Copy.State.READY, asked_at=now, made_at=now, size=4,
    )  # fmt: skip
    copied.path.parent.mkdir(parents=True, exist_ok=True)
    copied.path.write_bytes(b"epub")
    word, _is_new = Abbreviation.objects.get_or_create(short="PCTN", full="phòng, chống tham nhũng")
    belongs = Membership.objects.filter(unit=cell).exclude(person=member).first().person
    return {
        "campaigns:directive_confirm": (file.uid,), "*campaigns/topics/": (topic.uid,),
        "*campaigns/steps/": (topic.steps.first().uid,),
        "*campaigns/obligations/": (obligation.uid,), "*campaigns/plans/": (plan.uid,),
        "campaigns:plan_create": (campaign.uid, cell.uid), "campaigns:plan_item_edit": (plan.items.first().uid,),
        "campaigns:plan_item_remove": (plan.items.first().uid,), "*campaigns/": (campaign.uid,),
        "*learning/topics/": (topic.uid,), "learning:step_study": (topic.uid, 1), "*learning/checks/": (check.uid,),
        "*learning/campaigns/": (campaign.uid,), "*learning/reflections/": (reflection.uid,),
        "*learning/units/": (cell.uid,), "library:passage": (Passage.objects.filter(text__gt="").first().uid,),
        "*library/words/": (word.pk,),
        "library:goto": (handbook.slug,), "library:plates": (handbook.slug,),
        "library:passage_about": (Passage.objects.filter(text__gt="").first().uid,),
        "library:picture": (drawn.uid, 480), "library:document_detail": (handbook.slug,),
        "library:chapter": (handbook.slug, "p1-c1"), "library:chapter_on": (handbook.slug, "2023-06-20", "p1-c1"),
        "library:downloads": (handbook.slug,), "*library/downloads/": (copied.uid,),
        "library:cited_by": (handbook.slug,), "library:compare": (handbook.slug,),
        "library:alias_undo": (alias.uid,), "library:relation_settle": (relation.uid,),
        "library:keep_list": (handbook.slug,), "library:document_edit": (handbook.slug,),
        "library:document_remove": (handbook.slug,),
        "library:notes_of": (handbook.slug,), "library:notes_export": ("json",), "*library/notes/": (note.uid,),
        "library:note_create": (cited.uid,), "library:place_keep": (cited.uid,),
        "*library/imports/": (order.uid,),
        "*library/proof/": (proofread.uid,), "library:proof_page": (proofread.uid, 1),
        "*library/proof/passages/": (to_mend.uid,), "*library/proof/mends/": (mended.uid,),
        "*meetings/": (meeting.uid,), "meetings:decision_edit": (decision.uid,),
        "*meetings/news/": (post.uid,), "meetings:post_picture": (post.uid, picture.pk),
        "*notices/": (notice.uid,), "notices:calendar": ("no-such-token",), "*people/": (belongs.uid,),
        "people:office_end": (Office.objects.get(unit=cell, role="clerk").pk,),
        "portal:campaign_detail": (campaign.slug,), "portal:topic_detail": (campaign.slug, 1),
        "portal:trail": (campaign.slug, 1), "portal:trail_step": (campaign.slug, 1, 1),
        "portal:post_detail": (post.slug,), "portal:post_picture": (post.slug, 1),
        "practice:self_review_start": (campaign.uid, cell.uid), "*practice/self-reviews/": (review.uid,),
        "practice:self_review_edit": (own.uid,), "practice:self_review_submit": (own.uid,),
        "*practice/actions/": (promised.uid,), "practice:action_verify": (action.uid,),
        "*practice/evidence/": (shown.uid,),
        "*reports/overview/": (campaign.uid, committee.uid),
        "reports:figure_detail": (campaign.uid, committee.uid, "attendance"),
        "reports:report_figure": (report.uid, next(iter(BY_CODE))),
        "*reports/signals/": (sign.uid,), "*reports/": (report.uid,),
        "*units/": (district.uid,), "units:reform": (cell.uid, "rename"),
        "api:document_detail": (handbook.slug,),
        "api:passage_detail": (Passage.objects.filter(text__gt="").first().uid,),
        "example:sign_in": ("nobody",),
    }  # fmt: skip


def _a_directive() -> bytes:
    from thongsuot.example import content
    from thongsuot.papers.sample import city_plan_docx

    return city_plan_docx(content.toml("plan-147.toml"))
