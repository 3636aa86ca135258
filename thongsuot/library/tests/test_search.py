import json
import shutil

import pytest
from django.core.management import call_command

from thongsuot.library.access import groups_of
from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.models import Abbreviation
from thongsuot.library.search import Reader, index, ranking, search, suggest
from thongsuot.library.search.snippets import mark, snippet
from thongsuot.library.search.words import article_anchor, number_key, number_keys, plain_text
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, LAW, a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import TODAY, a_small_city

pytestmark = pytest.mark.django_db
EVERYONE = ["public"]


def first(words: str, **how) -> str:
    hits = search(words, who=EVERYONE, **how)
    return (hits[0].passage.anchor if hits[0].passage else hits[0].document.number) if hits else ""


@pytest.mark.parametrize(
    "words",
    ["hành vi gây khó khăn phiền hà", "hanh vi gay kho khan phien ha", "HÀNH VI GÂY KHÓ KHĂN"],
)
def test_words_are_found_with_and_without_marks(words):
    a_handbook()
    assert first(words) == "p1-c1-s2-01"


@pytest.mark.parametrize("words", ["Uỷ quyền miệng, hoà giải", "Ủy quyền miệng, hòa giải", "uy quyen mieng hoa giai"])
def test_tones_are_found_where_either_school_puts_them(words):
    a_handbook()
    hits = search(words, who=EVERYONE)
    assert hits[0].passage.anchor == "p1-c1-s1-01"
    assert "<mark>Uỷ quyền miệng Hoà giải</mark>" in hits[0].snippet


@pytest.mark.parametrize("words", ["147-KH/TU", "147 kh tu", "147kh/tu", "số 147", "kế hoạch số 147–KH/TU", "147 KH"])
def test_a_document_is_found_by_its_number_in_any_spelling(words):
    a_handbook()
    for number in ("97-HD/BTGTW", "1470-KH/TU", "147-KH/TU"):
        a_document("Văn bản", number=number)
    assert first(words) == "147-KH/TU"


@pytest.mark.parametrize("words", ["luật 36/2018", "luat so 36/2018", "36/2018"])
def test_the_beginning_of_a_number_leads_to_the_document_before_a_text_that_cites_it(words):
    a_handbook("# Phần một\n## Chương\n### Mục\nTheo Luật số 36/2018/QH14.\n")
    a_law()
    assert first(words) == "36/2018/QH14"


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Điều 20", "dieu-20"),
        ("dieu 20", "dieu-20"),
        ("khoản 2 Điều 20", "dieu-20.khoan-2"),
        ("Điều 20, khoản 2, điểm đ", "dieu-20.khoan-2.diem-đ"),
        ("Article 20", "dieu-20"),
    ],
)
def test_an_article_asked_for_by_its_number_comes_first(words, anchor):
    a_handbook()
    a_law()
    assert first(words, language="vi") == anchor


def test_a_reader_of_english_sees_documents_by_their_english_names():
    a_law()
    hit = search("36/2018/QH14", who=EVERYONE, language="en")[0]
    assert hit.language == "en"
    assert hit.title.endswith(LAW["title_en"])
    assert search("36/2018/QH14", who=EVERYONE, language="vi")[0].language == "vi"
    assert any(LAW["title_en"] in one.text for one in suggest("36/2018", Reader(EVERYONE, "en")))


def test_a_reader_of_english_finds_english_texts_and_those_that_stand_in_vietnamese_only():
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    a_handbook(title="Sách khác")
    found = search("office gain", who=EVERYONE, language="en")
    assert [hit.passage.edition.language for hit in found[:1]] == ["en"]
    documents = {hit.document.title for hit in search("phiền hà", who=EVERYONE, language="en")}
    assert documents == {"Sách khác"}


def test_what_is_not_public_is_found_in_the_unit_that_registered_it_and_below_only():
    units = a_small_city()
    edition = a_handbook(is_public=False, unit=units["committee_a"])
    below = a_person(member_of=units["cell_a1"])
    above = a_person(head=units["district"])
    beside = a_person(member_of=units["cell_b1"])

    def found(person):
        return {hit.document for hit in search("phiền hà", who=groups_of(person, TODAY))}

    assert (found(None), found(beside)) == (set(), set())
    assert (found(below), found(above)) == ({edition.document}, {edition.document})


def test_a_broken_or_missing_index_is_made_anew():
    a_handbook()
    assert first("phiền hà") == "p1-c1-s2-01"
    for part in index.folder().iterdir():
        if part.suffix in (".json", ".idx", ".term", ".store"):
            part.write_bytes(b"broken")
    assert first("phiền hà") == "p1-c1-s2-01"
    shutil.rmtree(index.folder())
    assert first("phiền hà") == "p1-c1-s2-01"


def test_a_text_loaded_again_is_found_by_its_new_words_only(django_capture_on_commit_callbacks):
    edition = a_handbook()
    assert first("phiền hà") == "p1-c1-s2-01"
    with django_capture_on_commit_callbacks(execute=True):
        load_handbook(edition.document, HANDBOOK.replace("khó khăn, phiền hà", "trở ngại"), "vi")
    assert first("trở ngại") == "p1-c1-s2-01"
    assert first("phiền hà") == ""


def test_a_document_that_came_in_later_is_found_at_once():
    a_handbook()
    assert first("xuất khẩu") == ""
    a_document("Quy định xuất khẩu", number="5-QĐ/TU")
    assert first("xuất khẩu") == "5-QĐ/TU"


@pytest.mark.parametrize("words", ["", "   ", "!!!", "\x00", "a" * 5000, 'AND OR ( "', "- -", "<script>", "\ud800"])
def test_odd_questions_have_an_answer(words):
    a_handbook()
    assert isinstance(search(words, who=EVERYONE), list)


def test_quoted_words_must_stand_together_and_abbreviations_are_written_out():
    a_handbook()
    assert first("“phiền hà”") == "p1-c1-s2-01"
    assert first("“hà phiền”") == ""
    assert first("GKK") == ""
    Abbreviation.objects.create(short="GKK", full="gây khó khăn")
    assert first("GKK") == first("gkk") == "p1-c1-s2-01"
    assert first("“phiền hà” GKK") == "p1-c1-s2-01"


def test_the_article_of_the_law_that_is_named_comes_first_and_once():
    a_law()
    other = a_document("Luật Khác", kind="law", number="9/2020/QH14", slug="luat-khac")
    load_outline(other, LAW | {"number": "9/2020/QH14", "title_vi": "Luật Khác"})
    for words in ("Điều 20 luật khác", "dieu 20 luat khac", "điều 20 9 2020 qh14"):
        hits = search(words, who=EVERYONE, language="vi")
        assert (hits[0].document.number, hits[0].passage.anchor) == ("9/2020/QH14", "dieu-20")
        assert len({hit.passage.pk for hit in hits if hit.passage}) == sum(bool(hit.passage) for hit in hits)


def test_a_bare_article_is_the_law_s_before_a_decree_s_that_says_the_words_more_often():
    a_law()
    often = LAW["article"][1] | {"heading_vi": "Điều 20", "asks_vi": "Điều 20. " * 5, "clauses": []}
    decree = a_document("Nghị định thử", kind="decree", number="59/2019/NĐ-CP", slug="nghi-dinh")
    load_outline(decree, LAW | {"number": "59/2019/NĐ-CP", "article": [often]})
    assert search("dieu 20", who=EVERYONE, language="vi")[0].document.number == "36/2018/QH14"
    assert search("dieu 20 nghi dinh thu", who=EVERYONE, language="vi")[0].document.number == "59/2019/NĐ-CP"


@pytest.mark.parametrize(
    "words", ["Hoa hồng là gì?", "hoa hong la gi", "hoa hồng nghĩa là gì", "Theo luật thì hoa hồng được hiểu là gì?"]
)
def test_who_asks_what_a_word_means_is_led_to_the_line_that_explains_it(words):
    often = "Hoa hồng được trả theo hoa hồng đã hẹn; hoa hồng là của người môi giới, và hoa hồng được công khai."
    a_handbook(f"# Phần\n## Hoa hồng\n### Mục\n<!-- id: often -->\n{often}\n")
    a_handbook("# Phần\n## Chương\n### Mục\n<!-- id: means -->\nHoa hồng là tiền trả cho người đã giúp bán hàng.\n")
    assert first(words) == "means"


def test_the_command_answers_as_the_page_does(capsys):
    a_law()
    call_command("search", "Điều 20", "--json", "--limit", "1")
    (hit,) = json.loads(capsys.readouterr().out)
    assert (hit["document_number"], hit["article"]) == ("36/2018/QH14", "Điều 20")
    assert set(hit) == {
        "id", "document_number", "document_title", "article", "printed_page", "score", "snippet", "url",
    }  # fmt: skip


def test_scores_fall_from_the_first_hit_to_the_last(monkeypatch):
    monkeypatch.setattr(ranking, "LOOKED_AT_OF_FEW", 2)
    for n in range(5):
        a_handbook("# Phần\n## Chương\n### Mục\n" + "Kinh phí công vụ. " * (n + 1), title=f"Sách {n}")
    scores = [hit.score for hit in search("kinh phí công vụ", who=EVERYONE)]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_nobody_sees_anything_without_a_group():
    a_handbook()
    assert search("phiền hà", who=[]) == []


def test_a_snippet_marks_words_in_the_original_text_and_escapes_it():
    text = "Mở đầu. " * 60 + "Quà <b>tặng</b> & biếu cho cán bộ."
    assert snippet(text, "qua tang").endswith(
        "<mark>Quà</mark> &lt;b&gt;<mark>tặng</mark>&lt;/b&gt; &amp; biếu cho cán bộ."
    )
    assert mark("Quả và quà", "quà") == "Quả và <mark>quà</mark>"


def test_numbers_and_articles_are_read_from_any_spelling():
    assert number_key("147-KH/TU") == number_key("147 kh tu") == "147khtu"
    assert number_key("59/2019/NĐ-CP") in number_keys("theo nghị định 59 2019 nd cp")
    assert article_anchor("điểm đ khoản 1 điều 11") == "dieu-11.khoan-1.diem-đ"
    assert article_anchor("điểm danh") == ""
    assert article_anchor("Art. 11(1)(đ)") == "dieu-11.khoan-1.diem-đ"
    assert article_anchor("art. 20") == "dieu-20"
    assert plain_text("**Đậm** và [chữ](/x/) `mã`\n\n- mục") == "Đậm và chữ mã mục"
    assert plain_text("[chữ](/x_(y)) sau") == "chữ sau"
