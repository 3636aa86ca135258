"""The shape of the example: Hà Nội, Quận Thanh Xuân, its base organisations of June 2023, made-up people.

Real are the city, the district, the names of its 11 wards and the numbers of base organisations (27 đảng bộ
and 51 chi bộ after two were dissolved and 31 cells founded in June 2023). Everything below is made up and
says so in its name.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from thongsuot.example.names import made_up_name
from thongsuot.people.models import Account, Membership, Office, Person
from thongsuot.units.models import Hierarchy, Placement, TreeChange, Unit, UnitKind, UnitName
from thongsuot.units.tree import rebuild_positions

WARDS = [
    "Hạ Đình", "Khương Đình", "Khương Mai", "Khương Trung", "Kim Giang", "Nhân Chính", "Phương Liệt",
    "Thanh Xuân Bắc", "Thanh Xuân Nam", "Thanh Xuân Trung", "Thượng Đình",
]  # fmt: skip
AGENCIES = [
    ("Cơ quan Minh hoạ Hành chính", "state"), ("Cơ quan Minh hoạ Dân vận", "party"), ("Công an Minh hoạ", "state"),
    ("Quân sự Minh hoạ", "state"), ("Trung tâm Y tế Minh hoạ", "state"), ("Bệnh viện Minh hoạ", "state"),
    ("Trường Đại học Minh hoạ A", "state"), ("Trường Đại học Minh hoạ B", "state"),
    ("Trường Cao đẳng Minh hoạ", "state"), ("Kho bạc Minh hoạ", "state"), ("Chi cục Thuế Minh hoạ", "state"),
    ("Công ty Minh hoạ Môi trường", "enterprise"), ("Công ty Minh hoạ Xây dựng", "enterprise"),
    ("Công ty Minh hoạ Cơ khí", "enterprise"), ("Công ty Minh hoạ May", "enterprise"),
    ("Công ty Minh hoạ Giầy", "enterprise"),
]  # fmt: skip
DISSOLVED = [("Công ty Minh hoạ Cũ 1", "enterprise"), ("Công ty Minh hoạ Cũ 2", "enterprise")]
BASE_CELLS_BEFORE, BASE_CELLS_FOUNDED = 20, 31
FOUNDED, REFORM = date(2020, 8, 1), date(2023, 6, 1)
SINCE = date(2021, 1, 1)
PEOPLE = 3000
MEMBER = 8  # of the first cell, whom one may sign in as

KINDS = [
    ("city", "Thành uỷ", "City Party committee", 0, False, "TU", "party"),
    ("district", "Quận uỷ", "District Party committee", 1, False, "QU", "party"),
    ("base_committee", "Đảng bộ cơ sở", "Base Party committee", 2, False, "ĐU", "party"),
    ("base_cell", "Chi bộ cơ sở", "Base cell", 2, True, "CB", "party"),
    ("cell", "Chi bộ trực thuộc", "Cell of a base committee", 3, True, "CB", "party"),
]


@dataclass
class Organisation:
    hierarchy: Hierarchy
    city: Unit
    district: Unit
    committees: list[Unit] = field(default_factory=list)
    base_cells: list[Unit] = field(default_factory=list)
    cells: dict[int, list[Unit]] = field(default_factory=dict)  # by the key of their committee
    members: dict[int, list[Person]] = field(default_factory=dict)  # by the key of their unit
    holders: dict[tuple[int, str], Person] = field(default_factory=dict)  # by unit key and role

    def holder(self, unit: Unit, role: str) -> Person:
        return self.holders[unit.pk, role]

    def above(self, unit: Unit) -> Unit:
        """The unit that this one reports to."""
        if unit == self.district:
            return self.city
        for committee in self.committees:
            if unit in self.cells[committee.pk]:
                return committee
        return self.district

    @property
    def all_cells(self) -> list[Unit]:
        return [*self.base_cells, *(cell for cells in self.cells.values() for cell in cells)]


def build(chance: Random, at: datetime, today: date) -> Organisation:
    """Make the tree and its people; returns them by what they are."""
    kinds = {
        slug: UnitKind.objects.create(
            slug=slug, name=name, name_en=english, rank=rank, has_members=members, issuer_code=code, sector=sector
        )
        for slug, name, english, rank, members, code, sector in KINDS
    }
    hierarchy = Hierarchy.objects.create(slug="party", name="Hệ thống Đảng", name_en="Party organisation")

    def unit(
        name: str,
        kind: str,
        under: Unit | None,
        *,
        sector: str = "",
        real: bool = False,
        on: date = FOUNDED,
        until: date | None = None,
    ) -> Unit:
        made = Unit.objects.create(
            name=name, kind=kinds[kind], sector=sector, founded_on=on, dissolved_on=until, is_made_up=not real
        )
        UnitName.objects.create(unit=made, name=name, valid_from=on)
        Placement.objects.create(hierarchy=hierarchy, unit=made, parent=under, valid_from=on, valid_to=until)
        if on > FOUNDED or until:
            TreeChange.objects.create(hierarchy=hierarchy, unit=made, effective_on=until or on, recorded_at=at)
        return made

    city = unit("Thành uỷ Hà Nội", "city", None, real=True)
    district = unit("Quận uỷ Thanh Xuân", "district", city, real=True)
    organisation = Organisation(hierarchy, city, district)
    names = [(f"Đảng bộ phường {ward}", "state", True) for ward in WARDS]
    names += [(f"Đảng bộ {agency}", sector, False) for agency, sector in AGENCIES]
    for name, sector, real in names:
        committee = unit(name, "base_committee", district, sector=sector, real=real)
        organisation.committees.append(committee)
        number = chance.randint(3, 5) if real else chance.randint(2, 3)
        short = name.removeprefix("Đảng bộ ")
        organisation.cells[committee.pk] = [
            unit(f"Chi bộ Minh hoạ {n}, {short}", "cell", committee, sector="party" if real else sector)
            for n in range(1, number + 1)
        ]
    for name, sector in DISSOLVED:
        unit(f"Đảng bộ {name}", "base_committee", district, sector=sector, until=REFORM)
    for n in range(1, BASE_CELLS_BEFORE + BASE_CELLS_FOUNDED + 1):
        fresh = n > BASE_CELLS_BEFORE
        sector = "enterprise" if fresh else chance.choice(["state", "enterprise"])
        name = (
            f"Chi bộ Doanh nghiệp Minh hoạ {n:02d}" if sector == "enterprise" else f"Chi bộ Trường học Minh hoạ {n:02d}"
        )
        organisation.base_cells.append(
            unit(name, "base_cell", district, sector=sector, on=REFORM if fresh else FOUNDED)
        )
    rebuild_positions(hierarchy, today)
    _people(organisation, chance)
    return organisation


def _people(organisation: Organisation, chance: Random) -> None:
    cells = organisation.all_cells
    sizes = {cell.pk: 6 if cell.founded_on == REFORM else chance.randint(16, 40) for cell in cells}
    scale = PEOPLE / sum(sizes.values())
    people: list[Person] = []
    homes: list[Unit] = []
    for cell in cells:
        for _n in range(max(5, round(sizes[cell.pk] * scale))):
            person = Person(full_name=made_up_name(chance), is_made_up=True)
            person.fill_keys()
            people.append(person)
            homes.append(cell)
    Person.objects.bulk_create(people, batch_size=1000)
    kinds = ["full"] * 88 + ["probationary"] * 4 + ["temporary"] * 3 + ["exempt"] * 5
    memberships = []
    for person, home in zip(people, homes, strict=True):
        organisation.members.setdefault(home.pk, []).append(person)
        since = max(SINCE, home.founded_on)
        memberships.append(Membership(person=person, unit=home, kind=chance.choice(kinds), valid_from=since))
    Membership.objects.bulk_create(memberships, batch_size=1000)
    offices: list[Office] = []

    def appoint(unit: Unit, person: Person, role: str, title: str) -> None:
        organisation.holders[unit.pk, role] = person
        since = max(SINCE, unit.founded_on)
        offices.append(
            Office(
                person=person, unit=unit, hierarchy=organisation.hierarchy, role=role, title=title, valid_from=since
            )
        )  # fmt: skip

    for cell in cells:
        head, deputy, clerk, *_rest = organisation.members[cell.pk]
        appoint(cell, head, "head", "Bí thư")
        appoint(cell, deputy, "deputy", "Phó Bí thư")
        appoint(cell, clerk, "clerk", "Chi uỷ viên")
    for committee in organisation.committees:
        first, second = organisation.cells[committee.pk][:2]
        # Nobody verifies the cell that they belong to: the head may look at the first, the officer at the second.
        appoint(committee, organisation.members[second.pk][3], "head", "Bí thư")
        appoint(committee, organisation.members[first.pk][3], "officer", "Uỷ viên")
        appoint(committee, organisation.members[second.pk][4], "verifier", "Uỷ viên kiểm tra")
    office_cells = organisation.cells[organisation.committees[len(WARDS)].pk]
    staff = organisation.members[office_cells[0].pk][5:]
    appoint(organisation.district, staff[0], "head", "Bí thư (nhân vật minh hoạ)")
    appoint(organisation.district, staff[1], "officer", "Chuyên viên (nhân vật minh hoạ)")
    appoint(organisation.district, staff[2], "auditor", "Kiểm tra viên (nhân vật minh hoạ)")
    appoint(organisation.district, staff[3], "speaker", "Báo cáo viên (nhân vật minh hoạ)")
    appoint(organisation.city, staff[4], "officer", "Chuyên viên (nhân vật minh hoạ)")
    appoint(organisation.city, staff[5], "head", "Bí thư (nhân vật minh hoạ)")
    Office.objects.bulk_create(offices, batch_size=500)


PASSWORD = "thong-suot"  # noqa: S105 - of the example only; its people do not exist


def open_accounts(organisation: Organisation) -> dict[str, Person]:
    """The nine people of the example whom anyone may sign in as."""
    committee = organisation.committees[0]
    cell = organisation.cells[committee.pk][0]
    cast = {
        "city-officer": organisation.holder(organisation.city, "officer"),
        "district-officer": organisation.holder(organisation.district, "officer"),
        "district-head": organisation.holder(organisation.district, "head"),
        "committee-head": organisation.holder(committee, "head"),
        "cell-head": organisation.holder(cell, "head"),
        "cell-clerk": organisation.holder(cell, "clerk"),
        "speaker": organisation.holder(organisation.district, "speaker"),
        "member": organisation.members[cell.pk][MEMBER],
        "auditor": organisation.holder(organisation.district, "auditor"),
    }
    for slug, person in cast.items():
        Account.objects.create_user(slug, PASSWORD, person=person)
    return cast
