"""What the public portal may read of this room: plain values, nothing about single units."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from thongsuot.campaigns.models import Campaign, Obligation, State, Topic
from thongsuot.campaigns.walking import Walk, walk
from thongsuot.library.models import Document

# Below this many units a share would tell about single ones.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class PublicStep:
    passage_uid: UUID
    label: str
    document_title: str
    document_title_en: str
    document_slug: str
    anchor: str
    printed_page: str
    introduction: str
    introduction_en: str


@dataclass(frozen=True)
class PublicTopic:
    uid: UUID
    number: int
    title: str
    title_en: str
    summary: str
    summary_en: str
    steps: list[PublicStep] = field(default_factory=list)


@dataclass(frozen=True)
class PublicRequirement:
    kind: str
    kind_label: str
    text: str
    text_en: str
    proof: str
    proof_en: str
    due_on: date
    of_kinds: list[str]
    of_kinds_en: list[str]


@dataclass(frozen=True)
class PublicCampaign:
    uid: UUID
    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    issuer: str
    directive: str
    directive_slug: str
    starts_on: date
    ends_on: date | None
    issued_on: date | None


@dataclass(frozen=True)
class Progress:
    """``done`` and ``all`` are None where the group is too small to be shown."""

    requirement: str
    requirement_en: str
    kind: str
    level: str
    level_en: str
    done: int | None
    all: int | None

    @property
    def is_suppressed(self) -> bool:
        return self.all is None


def campaigns() -> list[PublicCampaign]:
    return [_public(campaign) for campaign in _shown().order_by("-starts_on", "pk")]


def campaign(slug: str) -> PublicCampaign | None:
    found = _shown().filter(slug=slug).first()
    return _public(found) if found else None


def _shown() -> QuerySet[Campaign]:
    return Campaign.objects.filter(is_public=True, issued_on__isnull=False).select_related("unit", "directive")


def _public(campaign: Campaign) -> PublicCampaign:
    directive = campaign.directive if campaign.directive and campaign.directive.is_public else None
    return PublicCampaign(
        uid=campaign.uid,
        slug=campaign.slug,
        title=campaign.title,
        title_en=campaign.title_en,
        summary=campaign.summary,
        summary_en=campaign.summary_en,
        issuer=campaign.unit.name,
        directive=str(directive or ""),
        directive_slug=directive.slug if directive else "",
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        issued_on=campaign.issued_on,
    )


def topics(slug: str) -> list[PublicTopic]:
    """The core contents of a public campaign with the public passages of their trails."""
    found = _shown().filter(slug=slug).first()
    if found is None:
        return []
    return [
        PublicTopic(
            uid=topic.uid,
            number=topic.number,
            title=topic.title,
            title_en=topic.title_en,
            summary=topic.summary,
            summary_en=topic.summary_en,
            steps=[
                PublicStep(
                    passage_uid=step.passage.uid,
                    label=str(step.passage),
                    document_title=step.passage.edition.document.title,
                    document_title_en=step.passage.edition.document.title_en,
                    document_slug=step.passage.edition.document.slug,
                    anchor=step.passage.anchor,
                    printed_page=step.passage.printed_page,
                    introduction=step.introduction,
                    introduction_en=step.introduction_en,
                )
                for step in topic.steps.all()
                if step.passage.edition.document.is_public
            ],
        )
        for topic in found.topics.prefetch_related("steps__passage__edition__document")
    ]


def trail(slug: str, number: int, language: str) -> Walk | None:
    """The steps of a core content through public documents, ready to be read; None where there is none to see."""
    topic = Topic.objects.filter(campaign__in=_shown().filter(slug=slug), number=number).first()
    return walk(topic, seen=Document.objects.filter(is_public=True), language=language) if topic else None


@dataclass(frozen=True)
class PublicPlace:
    """Where a core content stands among the public ones."""

    campaign_slug: str
    number: int
    title: str
    title_en: str


def place_of(topic: UUID) -> PublicPlace | None:
    found = Topic.objects.filter(campaign__in=_shown(), uid=topic).select_related("campaign").first()
    return PublicPlace(found.campaign.slug, found.number, found.title, found.title_en) if found else None


def requirements(slug: str) -> list[PublicRequirement]:
    found = _shown().filter(slug=slug).first()
    if found is None:
        return []
    return [
        PublicRequirement(
            kind=one.kind,
            kind_label=one.get_kind_display(),
            text=one.text,
            text_en=one.text_en,
            proof=one.proof,
            proof_en=one.proof_en,
            due_on=one.due_on,
            of_kinds=[kind.name for kind in one.for_kinds.all()],
            of_kinds_en=[kind.name_en or kind.name for kind in one.for_kinds.all()],
        )
        for one in found.requirements.prefetch_related("for_kinds")
    ]


def progress(slug: str, on: date) -> list[Progress]:
    """How many units of each kind have done what was asked; small groups are not told."""
    found = _shown().filter(slug=slug).first()
    if found is None:
        return []
    rows = Obligation.objects.filter(requirement__campaign=found).counted_by_state(
        on,
        "requirement__kind",
        "requirement__text",
        "requirement__text_en",
        "requirement__due_on",
        "requirement_id",
        "unit__kind__rank",
        "unit__kind__name",
        "unit__kind__name_en",
    )
    rows.sort(key=lambda row: (row["requirement__due_on"], row["requirement_id"], row["unit__kind__rank"]))
    return [
        Progress(
            requirement=row["requirement__text"],
            requirement_en=row["requirement__text_en"],
            kind=row["requirement__kind"],
            level=row["unit__kind__name"],
            level_en=row["unit__kind__name_en"],
            done=None if small else row[State.DONE] + row[State.LATE],
            all=None if small else asked,
        )
        for row in rows
        # Excused units are not asked any more.
        for asked in [row["all"] - row[State.EXCUSED]]
        for small in [asked < SMALLEST_GROUP]
    ]
