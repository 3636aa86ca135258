"""What the portal makes of the values that rooms publish: shares by what was asked, pages of a core content."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from thongsuot.campaigns import published as campaigns
from thongsuot.campaigns.published import Progress, PublicCampaign, PublicRequirement
from thongsuot.library import published as library
from thongsuot.library.published import PublicPassage


@dataclass
class Share:
    """Of all units asked for this, so many have done it; levels too small to show are left out of both."""

    kind: str
    label: str
    done: int = 0
    all: int = 0
    is_partial: bool = False


def shares(rows: Sequence[Progress], requirements: Sequence[PublicRequirement]) -> list[Share]:
    """One line for each sort of thing asked, in the order in which it is due."""
    labels = {requirement.kind: requirement.kind_label for requirement in requirements}
    found: dict[str, Share] = {}
    for row in rows:
        share = found.setdefault(row.kind, Share(row.kind, labels.get(row.kind, row.requirement)))
        if row.done is None or row.all is None:
            share.is_partial = True
        else:
            share.done += row.done
            share.all += row.all
    return [share for share in found.values() if share.all]


def current() -> PublicCampaign | None:
    """The campaign that the front page shows: the newest that is public."""
    return next(iter(campaigns.campaigns()), None)


@dataclass(frozen=True)
class Step:
    introduction: str
    passage: PublicPassage


def trail(topic: campaigns.PublicTopic) -> list[Step]:
    """The passages of a core content in the reader's language, with why each is read."""
    language = (get_language() or "vi")[:2]
    found = []
    for step in topic.steps:
        if passage := library.passage(step.passage_uid, language):
            english = step.introduction_en if language == "en" else ""
            found.append(Step(english or step.introduction, passage))
    return found
