"""Whatever office someone holds: no page, hit, sum, export or file names a unit outside their rights.

Every unit of a random tree bears a mark in its name and in all that it recorded; the marks that a viewer finds
anywhere must be of units that they may see, or of units above these.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random

from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.campaigns.launching import ancestor_ids
from thongsuot.campaigns.testing import a_plan, an_issued_campaign
from thongsuot.learning.testing import a_reflection, a_topic
from thongsuot.meetings.testing import a_closed_meeting, a_decision, a_draft
from thongsuot.people.models import Office
from thongsuot.people.rights import Act, scope
from thongsuot.people.testing import a_person
from thongsuot.practice.testing import a_sent_review, an_action
from thongsuot.reports.testing import a_sent_report
from thongsuot.units.models import Unit
from thongsuot.units.testing import a_hierarchy, a_unit
from thongsuot.units.tree import place

REPORT = re.compile(r"/reports/[0-9a-f-]{36}/")
MARK = re.compile(r"ZQ(\d+)Z")
OFFICES = st.lists(
    st.tuples(
        st.sampled_from([role for role, _label in Office.Role.choices]),
        st.integers(0, 13),
        st.sampled_from(["now", "ended", "to come"]),
        st.sampled_from(["party", "state"]),
    ),
    max_size=3,
)


class World:
    """A tree of fourteen units in one hierarchy, six of them also in another one; each has recorded something."""

    def __init__(self, seed: int) -> None:
        chance, numbers = Random(seed), count()
        self.units: list[Unit] = []
        below = {"city": ["district"], "district": ["base_committee", "base_cell"], "base_committee": ["cell"]}
        kinds = ["city", "district", "base_committee", "base_committee"]
        for number in range(14):
            kind = (
                kinds[number] if number < len(kinds) else chance.choice(["base_committee", "cell", "cell", "base_cell"])
            )
            above = [unit for unit in self.units if kind in below.get(unit.kind.slug, [])]
            under = chance.choice(above) if above else None
            if number and under is None:
                kind, under = "base_cell", self.units[1]
            self.units.append(a_unit(f"Đơn vị ZQ{next(numbers)}Z", kind=kind, under=under))
        state = a_hierarchy("state")
        root = None
        for unit in chance.sample(self.units, 6):
            place(unit, under=root, hierarchy=state, on=date(2020, 1, 1), at=timezone.now(), today=timezone.localdate())
            root = root or unit
        self.campaign = an_issued_campaign(self.units[0])
        self.topic = a_topic(self.campaign, 1)
        for number, unit in enumerate(self.units):
            self._record(unit, f"ZQ{number}Z")

    def _record(self, unit: Unit, mark: str) -> None:
        head = a_person(f"Người {mark}", member_of=unit, head=unit)
        if not unit.kind.has_members:
            plan_words = {"purpose": f"Mục đích {mark}", "content": f"Nội dung {mark}"}
            a_plan(self.campaign, unit, items=1, **plan_words)
        else:
            meeting = a_closed_meeting(unit, campaign=self.campaign, present=1, title=f"Họp {mark}")
            a_draft(meeting, conclusion=f"Kết luận {mark}")
            a_decision(meeting, head, work=f"Việc {mark}")
            a_reflection(head, self.campaign, unit, f"Thu hoạch {mark}")
        an_action(self.campaign, unit, who=head, work=f"Làm {mark}")
        a_sent_review(self.campaign, unit)
        a_sent_report(self.campaign, unit)

    def allowed(self, viewer, on: date) -> set[str]:
        seen = [unit for unit in self.units if scope(viewer, Act.SEE, on).includes(unit)]
        keys = {unit.pk for unit in seen}
        for unit in seen:
            for place_of in unit.positions.select_related("hierarchy"):
                keys |= set(ancestor_ids(unit, place_of.hierarchy))
        # Who directs a unit issues its campaigns, in whichever tree they run.
        for unit in self.units:
            if scope(viewer, Act.DIRECT, on).includes(unit):
                for place_of in unit.positions.select_related("hierarchy"):
                    keys |= set(Unit.objects.below(unit, place_of.hierarchy).values_list("pk", flat=True))
        # The campaign itself says who issued it, and everyone reads what is kept about themselves.
        keys |= {self.campaign.unit_id, *viewer.offices.values_list("unit_id", flat=True)}
        return self.marks(keys)

    def below(self, viewer, on: date) -> set[str]:
        """A unit's own report says which units below it recorded nothing: whoever reads the one reads the names."""
        keys = set()
        for unit in self.units:
            if scope(viewer, Act.SEE, on).includes(unit):
                keys |= set(Unit.objects.below(unit, self.campaign.hierarchy).values_list("pk", flat=True))
        return self.marks(keys)

    def marks(self, keys: set[int]) -> set[str]:
        return {MARK.search(unit.name)[1] for unit in self.units if unit.pk in keys}


STARTS = [
    "/work/", "/campaigns/", "/campaigns/obligations/?q=ZQ", "/campaigns/obligations.xlsx", "/meetings/?q=ZQ",
    "/meetings/news/", "/learning/", "/learning/reflections/", "/practice/self-reviews/?q=ZQ",
    "/practice/actions/?q=ZQ", "/practice/actions.xlsx", "/practice/actions/new/", "/reports/", "/reports/new/",
    "/reports/signals/", "/units/?q=ZQ",
    "/units/on-a-day/", "/people/?q=ZQ", "/people/me/", "/journal/", "/notices/", "/library/search/?q=ZQ",
    "/meetings/new/", "/campaigns/new/", "/api/v1/search?q=ZQ", "/progress/", "/",
]  # fmt: skip
LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
MOST = 90


def walked(client: Client, chance: Random) -> Iterator[tuple[str, str]]:
    """Pages that the viewer gets to by links, and as fragments, with what they say."""
    waiting, seen = list(STARTS), set()
    while waiting and len(seen) < MOST:
        url = waiting.pop(0) if len(seen) < len(STARTS) else waiting.pop(chance.randrange(len(waiting)))
        if url in seen or (url.startswith(("/static/", "/account/", "/library/", "/demo/")) and url not in STARTS):
            continue
        seen.add(url)
        response = client.get(url)
        yield url, text_of(response)
        if "?" in url and "html" in response.get("Content-Type", ""):
            yield f"{url} (fragment)", text_of(client.get(url, headers={"HX-Request": "true"}))
        if "html" in response.get("Content-Type", ""):
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(response.content.decode())]


def text_of(response) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    return data.decode("utf-8", "ignore")


class Scope(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World(seed=147)

    # A failing viewer says enough; looking for a smaller one would walk hundreds of pages more.
    @settings(
        max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
    )
    @given(OFFICES, st.none() | st.integers(0, 13), st.integers(0, 999))
    def test_no_mark_of_a_unit_out_of_reach_shows_anywhere(self, offices, home, seed) -> None:
        world, today = self.world, timezone.localdate()
        cell = world.units[home] if home is not None and world.units[home].kind.has_members else None
        viewer = a_person("Người Xem", member_of=cell)
        for role, number, when, tree in offices:
            begins, ends = {
                "now": (date(2021, 1, 1), None),
                "ended": (date(2021, 1, 1), date(2022, 1, 1)),
                "to come": (date(today.year + 1, 1, 1), None),
            }[when]
            Office.objects.create(
                person=viewer, unit=world.units[number], role=role, hierarchy=a_hierarchy(tree), valid_from=begins,
                valid_to=ends,
            )  # fmt: skip
        client = Client()
        client.force_login(viewer.account)
        allowed, reported = world.allowed(viewer, today), world.below(viewer, today)
        for url, text in walked(client, Random(seed)):
            beyond = set(MARK.findall(text)) - allowed - (reported if REPORT.match(url) else set())
            assert not beyond, f"{url} names units {beyond}; {allowed} are within reach of {offices}, member of {cell}"
