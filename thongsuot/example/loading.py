"""Load the whole example, once, in one transaction a chapter; says how far it is."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from django.db import transaction

from thongsuot.campaigns import curating, launching
from thongsuot.campaigns.models import Campaign, Requirement, Topic
from thongsuot.example import content, story
from thongsuot.example.models import LoadedExample
from thongsuot.example.organisation import Organisation, build, open_accounts
from thongsuot.journal.sealing import seal
from thongsuot.learning.models import Question
from thongsuot.ledger.folding import fold_all
from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.models import Document, Passage
from thongsuot.meetings.models import Meeting, Post, PostPicture
from thongsuot.reports import signals
from thongsuot.units.models import UnitKind

Say = Callable[[str, str], None]
SEED = 147_2023


@transaction.atomic
def load(*, at: datetime, say: Say) -> None:
    """Everything; raises nothing that a person could mend: the content ships with the product."""
    chance = Random(SEED)  # noqa: S311 - the same story each time
    say("Thư viện", "Library")
    library()
    say("Tổ chức và 3.000 người không có thật", "Organisation and 3,000 people who do not exist")
    organisation = build(chance, story.moment(date(2023, 1, 3)), story.TODAY)
    open_accounts(organisation)
    say("Đợt sinh hoạt", "Campaign")
    campaign = make_campaign(organisation)
    tale = story.Story(organisation, campaign, chance, content.pieces())
    say("Kế hoạch các cấp", "Plans at every level")
    story.city_plan(tale)
    story.district_plan(tale)
    story.new_cells_join(tale)
    story.committees_answer(tale)
    held = story.district_session(tale, content.meeting())
    post(campaign, organisation, held)
    say("Sinh hoạt ở chi bộ", "Meetings of the cells")
    story.cells_meet(tale, lambda done: say(f"  chi bộ {done}", f"cells {done}"))
    say("Đọc, kiểm tra, thu hoạch", "Reading, checks, reflections")
    story.cells_learn(tale, lambda done: say(f"  chi bộ {done}", f"cells {done}"))
    say("Tự kiểm tra, việc làm, báo cáo", "Self-reviews, actions, reports")
    story.units_review_themselves(tale)
    story.actions_move(tale)
    fold_all()
    story.reports_go_up(tale)
    signals.look(campaign, story.moment(date(2023, 6, 12)))
    fold_all()
    while seal():
        pass
    LoadedExample.objects.create(loaded_at=at, today=story.TODAY)


def library() -> None:
    """Records, outlines of the law, and our own handbook."""
    outlines = {p.stem for p in (content.CONTENT / "laws").glob("*.toml")}
    for record in content.toml("documents.toml")["document"]:
        Document.objects.create(
            slug=record["slug"], kind=record.get("kind", "other"), system=record.get("system", ""),
            doc_type=record.get("doc_type", ""), number=record.get("number", ""), issuer=record.get("issuer", ""),
            issued_on=record.get("issued_on"), title=record["title_vi"], title_en=record.get("title_en", ""),
            subject=record.get("subject_vi", ""), author=record.get("author", ""), summary=record.get("summary_vi", ""),
            summary_en=record.get("summary_en", ""), is_public=True, source_note=record.get("source_note", "")[:300],
        )  # fmt: skip
    for name in sorted(outlines):
        outline = content.toml(f"laws/{name}.toml")
        law, _made = Document.objects.get_or_create(
            slug=outline.get("slug", name),
            defaults={
                "kind": outline.get("kind", "decree"), "system": "state", "doc_type": outline.get("type", ""),
                "number": outline["number"], "issuer": outline["issuer"], "issued_on": outline["issued_on"],
                "title": outline["title_vi"], "title_en": outline.get("title_en", ""),
                "in_force_from": outline.get("in_force"), "is_public": True, "has_text": True,
            },
        )  # fmt: skip
        load_outline(law, outline)
    handbook = Document.objects.create(
        slug="cam-nang-thong-suot", kind=Document.Kind.HANDBOOK, author="Dự án Thông Suốt", is_public=True,
        has_text=True, title="Cẩm nang Thông Suốt: học, liên hệ và làm",
        title_en="The Thông Suốt handbook: study, relate, act",
        summary="Sách tay cho bí thư chi bộ: hiểu nội dung, liên hệ với đơn vị mình, chọn việc và làm đến nơi.",
        summary_en="Our own handbook for cell heads: understand, relate to one's own unit, choose and act.",
        issued_on=date(2023, 3, 30),
    )  # fmt: skip
    for language in ("vi", "en"):
        if content.exists(f"handbook.{language}.md"):
            text = (content.CONTENT / f"handbook.{language}.md").read_text(encoding="utf-8")
            load_handbook(handbook, text, language, law="36/2018/QH14")


def passage(document: str, anchor: str) -> Passage | None:
    """A passage of the Vietnamese edition by document number (or "handbook") and anchor."""
    found = Passage.objects.filter(edition__language="vi", anchor=anchor).select_related("edition__document")
    if document == "handbook":
        return found.filter(edition__document__kind=Document.Kind.HANDBOOK).first()
    return found.filter(edition__document__number=document).first()


def make_campaign(organisation: Organisation) -> Campaign:
    raw = content.toml("campaign.toml")
    at, on, by = story.moment(date(2023, 3, 30)), raw["issued_on"], organisation.holder(organisation.city, "officer")
    campaign = launching.draft_campaign(
        organisation.city, hierarchy=organisation.hierarchy, title=raw["title_vi"],
        directive=Document.objects.get(number=raw["directive"]), starts_on=raw["starts_on"], by=by, at=at,
        title_en=raw["title_en"], summary=raw["summary_vi"], summary_en=raw["summary_en"], ends_on=raw["ends_on"],
        is_public=True,
    )  # fmt: skip
    Campaign.objects.filter(pk=campaign.pk).update(slug=raw["slug"])
    for topic in raw["topic"]:
        made = Topic.objects.create(
            campaign=campaign, number=topic["number"], title=topic["title_vi"], title_en=topic["title_en"],
            summary=topic["summary_vi"], summary_en=topic["summary_en"],
        )  # fmt: skip
        curating.lay_trail(made, trail_of(made), by=by, at=at)
    kinds = {kind.slug: kind for kind in UnitKind.objects.all()}
    for asked in raw["requirement"]:
        requirement = Requirement.objects.create(
            campaign=campaign, kind=asked["kind"], text=asked["text_vi"], text_en=asked["text_en"],
            due_on=asked["due_on"], proof=asked.get("proof_vi", ""), proof_en=asked.get("proof_en", ""),
            quote=asked.get("quote_vi", ""),
        )  # fmt: skip
        requirement.for_kinds.set([kinds[slug] for slug in asked["for_kinds"]])
    questions(campaign)
    launching.issue_campaign(campaign, to=organisation.city, by=by, on=on, at=story.moment(on))
    campaign.refresh_from_db()
    return campaign


def trail_of(topic: Topic) -> list[curating.Laid]:
    """What trails.toml says of this core content."""
    found = []
    for step in content.toml("trails.toml")["step"]:
        if step["topic"] == topic.number and (first := passage(step["document"], step["anchor"])):
            last = passage(step["document"], step["to"]) if "to" in step else None
            found.append(curating.Laid(first, step["intro_vi"], step["intro_en"], last))
    return found


def questions(campaign: Campaign) -> None:
    """The bank of recall questions, each tied to the passage that answers it."""
    topics = {topic.number: topic for topic in campaign.topics.all()}
    for asked in content.toml("questions.toml")["question"]:
        place = passage(asked.get("document", "handbook"), asked["anchor"])
        if place is None:
            continue
        Question.objects.create(
            topic=topics[asked["topic"]], passage=place, text=asked["text_vi"], text_en=asked.get("text_en", ""),
            options=asked["options_vi"], options_en=asked.get("options_en", []), right=asked["right"],
            explanation=asked.get("explanation_vi", ""), explanation_en=asked.get("explanation_en", ""),
        )  # fmt: skip


def post(campaign: Campaign, organisation: Organisation, session: Meeting) -> None:
    """The public news of the district session, after the article's facts."""
    vietnamese, english = content.news("vi"), content.news("en")
    made = Post.objects.create(
        slug=vietnamese["slug"], campaign=campaign, unit=organisation.district, meeting=session,
        title=vietnamese["title"], lead=vietnamese["lead"], body=vietnamese["body"],
        byline=vietnamese["byline"][:150], title_en=english["title"], lead_en=english["lead"], body_en=english["body"],
        published_on=date(2023, 4, 21),
    )  # fmt: skip
    for order, (drawing, caption) in enumerate(vietnamese["photos"]):
        if (content.HERE / "static" / "example" / drawing).exists():
            PostPicture.objects.create(
                post=made, drawing=f"example/{drawing}", caption=caption, order=order,
                caption_en=english["photos"][order][1],
            )  # fmt: skip
