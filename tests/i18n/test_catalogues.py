"""Both languages are whole: every sentence that is said has its Vietnamese, and one Vietnamese only."""

import ast
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.apps import apps
from django.template.base import Lexer, TokenType

from tests.i18n.words import Sentence, sentences_of
from thongsuot.viet.text import one_tone_placement

HOUSE = Path(__file__).resolve().parents[2] / "thongsuot"
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
# Rooms without readers of their own: what they say stands in the catalogue of another.
KEPT_BY = {"config": "web"}
_PLACE = re.compile(r"%(?:\((\w+)\))?[#0\- +]*\d*(?:\.\d+)?([a-zA-Z%])")
# What the trail keeps about lower rooms is said in the words of the room that writes it down.
WRITES_OF = {"journal": ("people", "units")}
# Django uses these in the same sense (or where nobody reads them: as names of kinds of field), in words less apt.
SAID_BETTER = {"Time", "File", "name", "Vietnamese", "Password (again)", "This account is inactive."}
# Names of formats and codes, the same in both languages.
NAMES = {"DOCX", "XLSX", "SHA", "EPUB", "PDF"}
# Pages of both languages at once: the server fails before it knows whose turn it is; and the room's samples of parts.
IN_BOTH = {"400.html", "500.html", "patterns.html"}
# Blocks that hold marks for the style sheet, and no words.
WORDLESS = {"page_class", "body_class", "body_attributes"}


def catalogue(room: str) -> dict[tuple[str, str], polib.POEntry]:
    path = HOUSE / KEPT_BY.get(room, room) / "locale/vi/LC_MESSAGES/django.po"
    return {(entry.msgid, entry.msgctxt or ""): entry for entry in (polib.pofile(str(path)) if path.exists() else [])}


def said_in(room: str) -> dict[Sentence, str]:
    return sentences_of(HOUSE / room)


def vietnamese(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def places(text: str) -> list[str]:
    """What is filled in: %(name)s by name, in any order; %% is a sign of its own."""
    return sorted({match[0] for match in _PLACE.finditer(text)})


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_has_its_vietnamese(room) -> None:
    known = catalogue(room)
    missing = [
        f"{where}: {sentence}"
        for sentence, where in said_in(room).items()
        if (entry := known.get((sentence.text, sentence.context))) is None
        or entry.msgid_plural != sentence.plural
        or entry.fuzzy
        or not all(text.strip() for text in vietnamese(entry))
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_filled_in_is_the_same_in_both_languages(room) -> None:
    wrong = [
        f"{entry.msgid!r} → {text!r}"
        for entry in catalogue(room).values()
        for text in vietnamese(entry)
        if places(text) not in (places(entry.msgid), places(entry.msgid_plural or entry.msgid))
        and ("python-format" in entry.flags or "%(" in entry.msgid)
    ]
    assert not wrong, "\n".join(wrong)


def _strings_and_fields(room: str) -> set[str]:
    """Names under which the trail keeps a change are translated as they stand: keys, and fields of models."""
    found = {field.name for model in _models(room) for field in model._meta.get_fields()}
    for path in (HOUSE / room).rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
                elif isinstance(node, ast.keyword) and node.arg:
                    found.add(node.arg)
    return found


def _models(room: str) -> list[type]:
    return list(apps.get_app_config(room).get_models()) if room in apps.app_configs else []


def _said_by_libraries() -> set[tuple[str, str]]:
    return {(s.text, s.context) for s in sentences_of(Path(allauth.__file__).parent)}


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in KEPT_BY])
def test_nothing_stands_in_a_catalogue_that_nobody_says(room) -> None:
    speakers = [room, *(silent for silent, kept_by in KEPT_BY.items() if kept_by == room)]
    said = {(sentence.text, sentence.context) for one in speakers for sentence in said_in(one)}
    unsaid = catalogue(room).keys() - said
    if room == "web":
        # The pages for signing in are a library's; their Vietnamese is ours.
        unsaid -= _said_by_libraries()
    names = set().union(*(_strings_and_fields(one) for one in (room, *WRITES_OF.get(room, ()))))
    left = [f"{text!r} {context}".strip() for text, context in unsaid if text not in names]
    assert not left, "\n".join(left)


def test_rooms_that_say_the_same_say_it_the_same_way() -> None:
    """Catalogues are merged: of two translations of one sentence only one would ever be read."""
    found: dict[tuple[str, str], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in ROOMS:
        if room not in KEPT_BY:
            for key, entry in catalogue(room).items():
                found[key][tuple(vietnamese(entry))].append(room)
    clashes = [f"{key[0]!r} {key[1]}: {dict(ways)}" for key, ways in found.items() if len(ways) > 1]
    assert not clashes, "\n".join(clashes)


def _of_django() -> dict[tuple[str, str], str]:
    there = Path(django.__file__).parent
    installed = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("django")]
    found = {}
    for path in [there / "conf", *installed]:
        compiled = path / "locale/vi/LC_MESSAGES/django.mo"
        if compiled.exists():
            found |= {(e.msgid, e.msgctxt or ""): e.msgstr for e in polib.mofile(str(compiled)) if e.msgstr}
    return found


def test_no_word_of_ours_takes_the_place_of_one_of_django_in_another_sense() -> None:
    theirs = _of_django()
    assert len(theirs) > 300
    shadows = [
        f"{room}: {key[0]!r} is {entry.msgstr!r} here and {theirs[key]!r} there"
        for room in ROOMS
        if room not in KEPT_BY
        for key, entry in catalogue(room).items()
        if key in theirs and not _says_the_same(theirs[key], entry.msgstr) and key[0] not in SAID_BETTER
    ]
    assert not shadows, "\n".join(shadows)


def _says_the_same(one: str, other: str) -> bool:
    """Xóa and Xoá are one word in two customs; ours is the second throughout."""
    return one_tone_placement(one) == one_tone_placement(other)


class _Text(HTMLParser):
    """The words of a page, as readers see or hear them; not those marked as of one language (``lang="en"``)."""

    SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-label")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.inside.append((tag, tag in ("script", "style", "code") or bool(dict(attrs).get("lang"))))
        self.words += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data) -> None:
        if not any(is_apart for _tag, is_apart in self.inside):
            self.words.append(data)


def bare_words(source: str) -> set[str]:
    """Words of a template that stand outside every tag that translates."""
    text, silent = "", ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            first, *rest = token.contents.split()
            if first in ("blocktranslate", "blocktrans", "comment") or (first == "block" and rest[0] in WORDLESS):
                silent = f"end{first}"
            elif first == silent:
                silent = ""
        elif token.token_type == TokenType.TEXT and not silent:
            text += token.contents
    page = _Text()
    page.feed(text)
    return {word for words in page.words for word in re.findall(r"[^\W\d_]{2,}", words)}


@pytest.mark.parametrize("room", ROOMS)
def test_templates_say_nothing_that_is_not_translated(room) -> None:
    bare = {
        f"{path.relative_to(HOUSE)}: {' '.join(sorted(words))}"
        for path in (HOUSE / room).rglob("templates/**/*.html")
        if path.name not in IN_BOTH and (words := bare_words(path.read_text(encoding="utf-8")) - NAMES)
    }
    assert not bare, "\n".join(sorted(bare))
