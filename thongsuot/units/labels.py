"""The same thing is called otherwise in a Party cell, an office, a plant or a club."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from thongsuot.units.models import Hierarchy, Unit


@lru_cache(maxsize=1)
def labels() -> dict[str, dict[str, dict[str, str]]]:
    """key → label set → language → word."""
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))


def word(key: str, label_set: str) -> str:
    """The word of that label set in the reader's language. Raises KeyError for an unknown key."""
    words = labels()[key].get(label_set) or labels()[key]["party"]
    return words["en" if get_language() == "en" else "vi"]


def label_set_of(unit: Unit) -> str:
    """The words used in the tree where the unit lies, or lay last. One query."""
    place = Hierarchy.objects.filter(placement__unit=unit).order_by("placement__valid_to", "pk").first()
    return place.label_set if place else Hierarchy.LabelSet.PARTY
