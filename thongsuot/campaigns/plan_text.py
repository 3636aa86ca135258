"""A plan as one text: what is frozen at its issue, compared for likeness, and what it still lacks."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.campaigns.models import Plan, PlanItem


def whole_text(plan: Plan) -> str:
    """Title, parts and items in a fixed order; the same plan always gives the same text."""
    parts = [plan.title, plan.purpose, plan.content, plan.audience, plan.organisation, plan.own_part]
    parts += [item_text(item) for item in plan.items.all()]
    return "\n".join(part.strip() for part in parts if part.strip())


def item_text(item: PlanItem) -> str:
    due = f"{item.due_on:%d/%m/%Y}" if item.due_on else ""
    six = [item.work, item.who, due, item.responsibility, item.authority, item.product]
    return "; ".join(thing.strip() for thing in six if thing.strip())


def missing_parts(plan: Plan, *, unanswered: Sequence[PlanItem]) -> list[str]:
    """One sentence for each thing that must be there before the plan is issued."""
    missing = []
    for name in ("title", "purpose", "content", "organisation"):
        if not getattr(plan, name).strip():
            label = str(Plan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            missing.append(_("“%(part)s” is empty.") % {"part": label})
    if unanswered:
        missing.append(
            ngettext(
                "%(count)d item of the plan above is not answered.",
                "%(count)d items of the plan above are not answered.",
                len(unanswered),
            )
            % {"count": len(unanswered)}
        )
    for item in plan.items.all():
        if lacks := lacking(item):
            missing.append(
                _("Task %(number)d (%(work)s) lacks: %(lacks)s.")
                % {"number": item.order, "work": item.work[:60], "lacks": ", ".join(lacks)}
            )
    return missing


def lacking(item: PlanItem) -> list[str]:
    """Which of person, time and product a task lacks: without them nobody can say whether it was done."""
    return [
        str(PlanItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ("who", "due_on", "product")
        if not getattr(item, name)
    ]
