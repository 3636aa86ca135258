"""The documentation says what is there, and nothing else."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps

from thongsuot.config.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
OPERATE = (ROOT / "docs/operate.md").read_text()
ROOMS = sorted(path.name for path in (ROOT / "thongsuot").iterdir() if (path / "__init__.py").exists())
NOT_OURS = {"PATH", "HOME", "PWD"}  # of the shell itself


def read_from_the_environment() -> set[str]:
    """Every variable that the product or its commands read; tests and benchmarks have their own."""
    found: set[str] = set()
    for path in (ROOT / "thongsuot").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(
                re.findall(r"""(?:environ(?:\.\w+)?[(\[]|getenv\(|flag\()\s*["']([A-Z_]+)["']""", path.read_text())
            )
    for path in (ROOT / "bin").iterdir():
        found |= set(re.findall(r"\$\{?([A-Z][A-Z_]{2,})", path.read_text()))
    return found - NOT_OURS


def test_every_setting_is_explained():
    read = read_from_the_environment()
    assert {"THONGSUOT_DATA", "DATABASE_URL", "PORT", "CHROMIUM_PATH"} <= read, "the search finds what is there"
    assert sorted(name for name in read if f"`{name}`" not in OPERATE) == []


def test_no_setting_is_explained_that_nobody_reads():
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATE, re.M))
    assert sorted(explained - read_from_the_environment()) == []


def test_every_command_is_explained_and_exists():
    named = {name for page in PAGES for name in re.findall(r"bin/thongsuot ([a-z][a-z-]+)", page.read_text())}
    listed = set(re.findall(r"bin/thongsuot ([a-z][a-z-]+)", OPERATE.split("## All commands")[1]))
    assert sorted(named - COMMANDS.keys()) == []
    assert sorted(COMMANDS.keys() - listed) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = re.sub(r"`[^`]*`", "", page.read_text())
    for target in re.findall(r"\]\(([^)\s]+)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _hash, heading = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", goal.read_text(), re.M)
            assert heading in {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}, (
                target
            )


def test_architecture_names_every_room():
    text = (ROOT / "docs/architecture.md").read_text()
    assert [room for room in ROOMS if not re.search(rf"\b{room}\b", text)] == []


def test_the_data_model_names_every_thing():
    text = (ROOT / "docs/data-model.md").read_text()
    things = [model.__name__ for model in apps.get_models() if model.__module__.startswith("thongsuot.")]
    assert len(things) > 30
    assert [thing for thing in things if thing != "LoadedExample" and f"`{thing}`" not in text] == []
    known = {*things, *(path.stem for path in ROOT.glob("docs/*.md")), *ROOMS}
    rows = re.findall(r"^\| `\w+` \| (.+?) \|", text, re.M)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row) if name not in known] == []


def test_every_word_of_the_glossary_stands_on_a_page():
    first_table = (ROOT / "docs/glossary.md").read_text().split("Words of the code")[0]
    words = re.findall(r"^\| ([^|`]+?) \| (?:`|\w)", first_table, re.M)[1:]
    said = "\n".join(
        text.lower()
        for catalogue in ROOT.glob("thongsuot/*/locale/vi/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(catalogue))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
    )
    assert len(words) > 40
    assert [word for word in words if word.lower() not in said] == []


def test_pictures_are_light_and_say_what_they_show():
    shown = [found for page in PAGES for found in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", page.read_text())]
    assert all(len(words) > 40 for words, _picture in shown)
    pictures = list((ROOT / "docs/pictures").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
