"""Words about units that templates of the rooms above use."""

from django import template
from django.template.context import RequestContext

from thongsuot.units import labels
from thongsuot.units.models import Hierarchy, Unit

register = template.Library()


@register.simple_tag(takes_context=True)
def word(context: RequestContext, key: str, about: Unit | Hierarchy | None = None) -> str:
    """``{% word "unit_head" unit %}``: bí thư, thủ trưởng, giám đốc… as the unit's organisation says."""
    if about is None:
        return labels.word(key, Hierarchy.LabelSet.PARTY)
    if isinstance(about, Hierarchy):
        return labels.word(key, about.label_set)
    # Units of one kind speak alike: asked once a kind and page.
    request = context["request"]
    known: dict[int, str] = request.__dict__.setdefault("label_sets_by_kind", {})
    if about.kind_id not in known:
        known[about.kind_id] = labels.label_set_of(about)
    return labels.word(key, known[about.kind_id])
