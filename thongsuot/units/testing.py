"""Builders for tests: small trees made by doing."""

from datetime import UTC, date, datetime
from itertools import count

from thongsuot.units.models import Hierarchy, Unit, UnitKind, UnitName
from thongsuot.units.tree import place

NOW = datetime(2023, 5, 15, 2, 0, tzinfo=UTC)
TODAY = date(2023, 5, 15)
_names = count(1)

KINDS = {
    "city": (0, "Thành uỷ", "TU", False),
    "district": (1, "Quận uỷ", "QU", False),
    "base_committee": (2, "Đảng bộ cơ sở", "ĐU", False),
    "base_cell": (2, "Chi bộ cơ sở", "CB", True),
    "cell": (3, "Chi bộ trực thuộc", "CB", True),
}


def a_hierarchy(slug: str = "party") -> Hierarchy:
    return Hierarchy.objects.get_or_create(slug=slug, defaults={"name": "Hệ thống Đảng"})[0]


def a_kind(slug: str = "cell") -> UnitKind:
    rank, name, code, has_members = KINDS[slug]
    return UnitKind.objects.get_or_create(
        slug=slug, defaults={"rank": rank, "name": name, "issuer_code": code, "has_members": has_members}
    )[0]


def a_unit(
    name: str = "",
    *,
    kind: str = "cell",
    under: Unit | None = None,
    hierarchy: Hierarchy | None = None,
    founded_on: date = date(2020, 1, 1),
) -> Unit:
    """A unit that has lain under ``under`` since it was founded."""
    unit = Unit.objects.create(
        name=name or f"{KINDS[kind][1]} {next(_names)}", kind=a_kind(kind), founded_on=founded_on, is_made_up=True
    )
    UnitName.objects.create(unit=unit, name=unit.name, valid_from=founded_on)
    place(unit, under=under, hierarchy=hierarchy or a_hierarchy(), on=founded_on, at=NOW, today=TODAY)
    return unit


def a_small_city() -> dict[str, Unit]:
    """City → district → two committees with two cells each, and a base cell; keys name them."""
    city = a_unit("Thành uỷ Thử Nghiệm", kind="city")
    district = a_unit("Quận uỷ Thử Nghiệm", kind="district", under=city)
    units = {"city": city, "district": district}
    for letter in "ab":
        committee = a_unit(f"Đảng bộ {letter.upper()}", kind="base_committee", under=district)
        units[f"committee_{letter}"] = committee
        for number in (1, 2):
            units[f"cell_{letter}{number}"] = a_unit(f"Chi bộ {letter.upper()}{number}", under=committee)
    units["base_cell"] = a_unit("Chi bộ cơ sở C", kind="base_cell", under=district)
    return units
