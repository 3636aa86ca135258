"""The house stands as it is drawn: its rooms, their order, and a name on every door."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "thongsuot"
ROOMS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]


def floors(words: list[str]) -> list[set[str]]:
    return [set(re.findall(r"\w+", floor)) for floor in words]


def doors(patterns, space=()):
    """Each URL pattern of our own, with the namespace it stands in."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, (*space, pattern.namespace) if pattern.namespace else space)
        elif pattern.callback.__module__.startswith("thongsuot."):
            yield space, pattern


DOORS = list(doors(get_resolver().url_patterns))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_an_app_and_says_its_sentence(room):
    assert (HOUSE / room / "apps.py").exists()
    assert apps.get_app_config(room).name == f"thongsuot.{room}"
    sentence = ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text()))
    assert sentence
    assert sentence.endswith(".")


def test_the_order_of_the_rooms_is_drawn_held_and_installed_alike():
    order = floors(LAYERS)
    assert sorted(set.union(*order)) == ROOMS
    page = (ROOT / "docs/architecture.md").read_text()
    drawn = re.search(r"^    (config.+?viet)$", page, re.M | re.S)
    assert drawn
    assert floors(re.split("·|,", drawn[1])) == order
    height = {room: number for number, floor in enumerate(reversed(order)) for room in floor}
    installed = [app.removeprefix("thongsuot.") for app in settings.INSTALLED_APPS if app.startswith("thongsuot.")]
    assert sorted(installed) == ROOMS
    assert installed[:-2] == sorted(installed[:-2], key=height.__getitem__)


def test_every_door_has_a_name():
    """A second way of writing an address may go without, where the first one has its name."""
    assert len(DOORS) > 100
    named = {(space, door.callback) for space, door in DOORS if door.name}
    assert [str(door.pattern) for space, door in DOORS if not door.name and (space, door.callback) not in named] == []


def test_no_two_doors_share_a_name_unless_they_lead_to_one_page():
    leads = {}
    for space, door in DOORS:
        leads.setdefault((space, door.name), set()).add(door.callback)
    assert {name: views for name, views in leads.items() if name[1] and len(views) > 1} == {}


def test_a_door_and_its_view_have_one_name():
    apart = [
        f"{door.name} leads to {door.callback.__name__}"
        for space, door in DOORS
        if space and door.name and door.callback.__name__ != door.name
    ]
    assert apart == []
