"""What the portal makes of the values that rooms publish: shares by what was asked, pages of a core content."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thongsuot.campaigns import published as campaigns
from thongsuot.campaigns.published import Progress, PublicCampaign, PublicRequirement
from thongsuot.learning.published import PublicUnderstanding
from thongsuot.learning.published import understanding as understood
from thongsuot.meetings import published as meetings
from thongsuot.practice import published as practice


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
        share = found.setdefault(row.kind, Share(row.kind, capfirst(labels.get(row.kind, row.requirement))))
        if row.done is None or row.all is None:
            share.is_partial = True
        else:
            share.done += row.done
            share.all += row.all
    return [share for share in found.values() if share.all]


@dataclass(frozen=True)
class Figure:
    value: int
    label: str
    note: str = ""


def figures(slug: str) -> list[Figure]:
    """Sums of the campaign that are large enough to be told; people and attendances apart."""
    found: list[Figure] = []
    if (held := meetings.meetings(slug)) and held.held:
        found.append(Figure(held.held, _("Meetings held")))
        if held.people is not None and held.attendances is not None:
            found.append(Figure(held.people, _("People who came"), _("each counted once")))
            found.append(Figure(held.attendances, _("Attendances"), _("one for each person at each meeting")))
    actions = practice.actions(slug)
    if actions.opened is not None and actions.done is not None:
        found.append(Figure(actions.opened, _("Actions opened")))
        found.append(Figure(actions.done, _("Actions done"), _("with evidence that someone else has verified")))
    return found


def understanding(slug: str) -> list[PublicUnderstanding]:
    """What the whole campaign understood, by core content; those too small to tell are left out."""
    return [one for one in understood(slug) if not one.is_suppressed]


def current() -> PublicCampaign | None:
    """The campaign that the front page shows: the newest that is public."""
    return next(iter(campaigns.campaigns()), None)
