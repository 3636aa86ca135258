"""The handbook is whole: sixty pages, two languages alike, plates that can be read, citations that lead there."""

import re
from itertools import pairwise

import pytest

from thongsuot.example import content
from thongsuot.example.drawing.plates import FOLDER, drawn
from thongsuot.example.drawing.sheet import NOTE
from thongsuot.example.loading import library
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.search import index

PAGES = 60
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
TEXT = {
    language: (content.CONTENT / f"handbook.{language}.md").read_text(encoding="utf-8") for language in ("vi", "en")
}


def marks(language: str) -> list[tuple[str, str]]:
    """("page", "3") and ("id", anchor) as they stand in the text."""
    return re.findall(r"<!-- (page|id): (\S+) -->", TEXT[language])


def test_both_languages_have_the_same_anchors_on_the_same_pages():
    assert marks("vi") == marks("en")


def test_no_anchor_stands_twice():
    anchors = [value for word, value in marks("vi") if word == "id"]
    assert len(anchors) == len(set(anchors))


def test_the_handbook_has_sixty_pages_in_their_order():
    pages = [int(value) for word, value in marks("vi") if word == "page"]
    assert pages == list(range(1, PAGES + 1))


@LANGUAGES
def test_chapters_examples_and_plates_are_numbered_without_a_gap(language):
    example, plate = {"vi": ("Ví dụ", "Hình"), "en": ("Example", "Plate")}[language]
    for pattern in (r"^## (\d+)\. ", rf"^{example} (\d+)\. ", rf"^!\[{plate} (\d+)\. "):
        numbers = [int(number) for number in re.findall(pattern, TEXT[language], re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1)), pattern


@LANGUAGES
def test_every_plate_stands_in_the_handbook_with_a_caption_and_an_alternative_text(language):
    shown = re.findall(r'^!\[(.+?)\]\(plates/(\S+) "(.+)"\)$', TEXT[language], re.MULTILINE)
    ending = "" if language == "vi" else "-en"
    assert sorted(path for _caption, path, _alt in shown) == sorted(
        f"{plate['name']}{ending}.svg" for plate in content.toml("plates.toml")["plate"]
    )
    assert all(len(alt) > 80 and len(caption) > 15 for caption, _path, alt in shown)


def test_the_plates_among_the_static_files_are_those_that_are_drawn():
    for name, svg in drawn():
        assert (FOLDER / name).read_text(encoding="utf-8") == svg, "python manage.py draw_plates"


def test_no_word_of_a_plate_is_too_small_for_a_phone():
    sizes = {float(size) for _name, svg in drawn() for size in re.findall(r'font-size="([\d.]+)"', svg)}
    assert min(sizes) >= NOTE


def test_words_of_a_plate_do_not_run_into_each_other():
    """Within one column, each line begins below the one before it."""
    for name, svg in drawn():
        places = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*?(?:text-anchor="(\w+)")?>', svg)
        columns: dict[tuple[str, str], list[float]] = {}
        for x, y, anchor in places:
            columns.setdefault((x, anchor), []).append(float(y))
        for column in columns.values():
            assert all(below - above > 15 or below == above for above, below in pairwise(sorted(column))), name


@pytest.fixture
def shelf(db, monkeypatch):
    """The example's library alone, without its search index."""
    monkeypatch.setattr(index, "update", lambda *_keys: None)
    library()


def test_every_place_that_the_handbook_cites_stands_in_the_outlines(shelf):
    handbook = Document.objects.get(kind=Document.Kind.HANDBOOK)
    cited = Citation.objects.filter(document=handbook).select_related("passage__edition", "target_passage")
    missing = {
        (one.passage.edition.language, one.passage.anchor, one.matched, one.number, one.anchor)
        for one in cited
        if one.passage
        and (one.target is None or (one.anchor and one.anchor != getattr(one.target_passage, "anchor", "")))
    }
    places = Citation.objects.filter(document=handbook, anchor__startswith="dieu-")
    assert places.filter(passage__edition__language="vi").count() > 250
    assert sorted(missing) == []


def places_cited(language: str) -> dict[str, set[tuple[str, str]]]:
    """By passage: (number of the document, anchor in it)."""
    found: dict[str, set[tuple[str, str]]] = {}
    cited = Citation.objects.filter(
        document__kind=Document.Kind.HANDBOOK, anchor__startswith="dieu-", start__isnull=False
    )
    for one in cited.filter(passage__edition__language=language).select_related("passage"):
        found.setdefault(one.passage.anchor, set()).add((one.number, one.anchor))
    return found


def test_both_languages_cite_the_same_places(shelf):
    assert places_cited("vi") == places_cited("en")


def test_the_index_names_every_article_that_is_cited_and_no_other(shelf):
    cited: set[tuple[str, str]] = set()
    listed: set[tuple[str, str]] = set()
    for anchor, places in places_cited("vi").items():
        articles = {(number, place.partition(".")[0]) for number, place in places}
        (listed if anchor.startswith("p5-c5-") else cited).update(articles)
    assert listed == cited


def test_what_the_trails_and_questions_name_is_in_the_handbook(shelf):
    handbook = set(
        Passage.objects.filter(edition__document__kind=Document.Kind.HANDBOOK).values_list("anchor", flat=True)
    )
    named = [
        place["anchor"]
        for place in [
            *content.toml("questions.toml")["question"],
            *content.toml("trails.toml")["step"],
        ]
        if place.get("document", "handbook") == "handbook"
    ]
    assert [anchor for anchor in named if anchor not in handbook] == []


def test_the_page_of_every_passage_is_known(shelf):
    for edition in Edition.objects.filter(document__kind=Document.Kind.HANDBOOK):
        assert edition.pages == PAGES
        assert not edition.passages.filter(printed_page="").exists()
