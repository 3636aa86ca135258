"""Reading a long text: sheets, jumps, contents, plates, notes, print, the shelf."""

import re

import pytest
from django.urls import reverse

from thongsuot.library import contents
from thongsuot.library.importing import load_handbook
from thongsuot.library.jumping import find_place
from thongsuot.library.models import Edition, Passage
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, a_document, a_handbook, a_law

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def to(edition, anchor: str) -> str:
    return reverse("library:chapter", args=[edition.document.slug, anchor])


def a_long_book(paragraphs: int = 120) -> Edition:
    """One chapter of four sections, a printed page for every third paragraph."""
    lines = ["# Phần I. Mở đầu", "## Chương 1. Dài"]
    for n in range(paragraphs):
        if n % (paragraphs // 4) == 0:
            lines.append(f"### Mục {n * 4 // paragraphs + 1}. Một đoạn đường")
        if n % 3 == 0:
            lines.append(f"<!-- page: {n // 3 + 1} -->")
        lines += [f"<!-- id: doan-{n} -->", f"Đoạn {n}. " + "Học đi đôi với hành. " * 40]
    lines += ["## Chương 2. Ngắn", "<!-- id: cuoi -->", "Hết."]
    return a_handbook("\n".join(lines), title="Sách dài")


def found(edition, words: str, near: int = 0) -> str:
    place = find_place(edition, words, near=near)
    return place.fragment or place.passage.anchor if place else ""


# Sheets


def test_a_long_chapter_comes_in_sheets_cut_where_a_section_begins():
    edition = a_long_book()
    page = contents.reading_pages(edition)[0]
    sheets = contents.Chapter(edition, page).sheets
    assert len(sheets) == 4
    firsts = edition.passages.filter(position__in=[sheet.first for sheet in sheets[1:]])
    assert {passage.kind for passage in firsts} == {Passage.Kind.SECTION}
    assert [sheet.first for sheet in sheets[1:]] == [sheet.end for sheet in sheets[:-1]]


def test_each_passage_of_a_long_chapter_stands_on_one_sheet_and_its_address_leads_there(client):
    edition = a_long_book()
    pages = "".join(body(client.get(to(edition, "p1-c1") + f"?page={n}")) for n in range(1, 5))
    for n in range(120):
        assert pages.count(f'id="doan-{n}"') == 1
    passage = edition.passages.get(anchor="doan-100")
    address = client.get(reverse("library:passage", args=[passage.uid])).url
    assert address == to(edition, "p1-c1") + "?page=4#doan-100"
    assert 'id="doan-100"' in body(client.get(address))


def test_one_turns_through_all_sheets_into_the_next_chapter_and_back(client):
    edition = a_long_book()
    seen, address = [], to(edition, "p1-c1")
    while address:
        seen.append(address)
        following = re.search(r'rel="next" href="([^"]+)"', body(client.get(address)))
        address = following[1] if following else ""
    assert seen[1:] == [f"{seen[0]}?page={n}" for n in (2, 3, 4)] + [to(edition, "p1-c2")]
    assert f'rel="prev" href="{to(edition, "p1-c1")}?page=3"' in body(client.get(seen[3]))


def test_a_sheet_that_is_not_there_shows_the_nearest(client):
    edition = a_long_book()
    assert 'id="doan-119"' in body(client.get(to(edition, "p1-c1") + "?page=99"))
    assert 'id="doan-0"' in body(client.get(to(edition, "p1-c1") + "?page=x"))


def test_a_chapter_is_printed_whole_with_what_it_cites_in_full(client):
    a_law()
    edition = a_handbook(HANDBOOK, title="Cẩm nang")
    page = body(client.get(to(edition, "p1-c1") + "?whole=1"))
    assert "khoản 2 Điều 20 Luật Phòng, chống tham nhũng số 36/2018/QH14 ngày 20/11/2018" in page
    long = a_long_book()
    page = body(client.get(to(long, "p1-c1") + "?whole=1"))
    assert 'id="doan-0"' in page
    assert 'id="doan-119"' in page


# Where one is


def test_the_contents_stand_beside_the_text_with_the_open_chapter_marked(client):
    edition = a_long_book()
    page = body(client.get(to(edition, "p1-c1") + "?page=2"))
    toc = page[page.index('id="toc"') :]
    assert f'<a href="{to(edition, "p1-c1")}" aria-current="page">Chương 1. Dài</a>' in toc
    assert f'href="{to(edition, "p1-c1")}?page=3#p1-c1-s3"' in toc
    assert 'href="#p1-c1-s2"' in toc
    assert f'href="{to(edition, "p1-c2")}"' in toc
    assert "Phần I. Mở đầu" in page[page.index("breadcrumbs") : page.index("<article")]


def test_a_page_says_how_far_through_the_printed_work_one_is(client):
    edition = a_long_book()
    page = body(client.get(to(edition, "p1-c1") + "?page=3"))
    assert re.search(r"<span data-page>20</span>&nbsp;/&nbsp;40", page)
    assert re.search(r"<span data-share>50</span>", page)
    assert 'id="trang-21"' in page


def test_a_work_of_many_chapters_fetches_no_headings_of_other_chapters(client, django_assert_max_num_queries):
    parts = [f"## Chương {n}\n" + "".join(f"### Mục {n}.{m}\nLời.\n\n" for m in range(10)) for n in range(30)]
    edition = a_handbook("\n".join(parts), title="Nhiều chương")
    with django_assert_max_num_queries(12):
        page = body(client.get(to(edition, "c3")))
    assert "Mục 2.9" in page
    assert "Mục 7.9" not in page
    assert "Chương 29" in page


# Jumps


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("trang 6", "trang-6"), ("tr. 6", "trang-6"), ("tr 6", "trang-6"), ("6", "trang-6"), ("TRANG 006", "trang-6"),
        ("hình 1", "hinh-1"), ("ảnh 1", "hinh-1"), ("hinh 1", "hinh-1"), ("Figure 1", "hinh-1"),
        ("Phần một", "p1"), ("phan 1", "p1"), ("phần i", "p1"), ("chương 2", "p1-c2"), ("Chương II", "p1-c2"),
        ("bon viec", "p1-c2"), ("Bốn việc của", "p1-c2"), ("dấu hiệu thứ hai", "p1-c1-s2"),
        ("trang 99", ""), ("hình 9", ""), ("Điều 12", ""), ("chương 9", ""), ("", ""), ("???", ""),
    ],
)  # fmt: skip
def test_the_box_goes_to_pages_figures_and_headings_of_a_book(words, place):
    assert found(a_handbook(), words) == place


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Điều 20 khoản 2", "dieu-20.khoan-2"), ("dieu 20 k2", "dieu-20.khoan-2"), ("d20 k2", "dieu-20.khoan-2"),
        ("đ20k2", "dieu-20.khoan-2"), ("Art. 20(2)", "dieu-20.khoan-2"),
        ("đ.20 k.2", "dieu-20.khoan-2"), ("khoản 2 Điều 20", "dieu-20.khoan-2"), ("Điều 4", "dieu-4"), ("4", "dieu-4"),
        ("điểm đ khoản 2 Điều 20", "dieu-20.khoan-2.diem-đ"), ("điểm a khoản 2 điều 20", "dieu-20.khoan-2.diem-a"),
        ("Chương II", "chuong-ii"), ("chuong 2", "chuong-ii"), ("Mục 3", "chuong-ii-muc-3"),
        ("Mục 3 Chương II", "chuong-ii-muc-3"), ("muc 3 chuong 1", ""), ("Điều 5", ""), ("trang 3", ""),
    ],
)  # fmt: skip
def test_the_box_goes_to_articles_clauses_and_points_of_a_law(words, place):
    assert found(a_law().editions.get(language="vi"), words) == place


def test_where_a_clause_is_missing_its_article_is_offered(client):
    law = a_law()
    page = client.get(reverse("library:goto", args=[law.slug]), {"to": "Điều 20 khoản 99"})
    assert page.status_code == 404
    assert '#dieu-20">Điều 20. Quy tắc ứng xử</a>' in page.content.decode()


def test_of_several_sections_of_one_number_that_of_the_open_chapter_is_meant():
    text = "".join(
        f"## Chương {n}. Tên\n### Mục 1. Đầu\n<!-- id: a{n} -->\nLời.\n### Mục 2. Cuối\nLời.\n" for n in (1, 2, 3)
    )
    edition = a_handbook(text)
    here = edition.passages.get(anchor="c2").position
    assert found(edition, "Mục 2") == "c1-s2"
    assert found(edition, "Mục 2", near=here) == "c2-s2"


def test_a_page_on_which_nothing_begins_leads_to_what_reaches_over_it():
    edition = a_handbook(
        "## Chương 1\n<!-- page: 3 -->\n<!-- id: a -->\nDài.\n<!-- page: 7 -->\n<!-- id: b -->\nSau.\n"
    )
    assert found(edition, "trang 5") == "a"
    assert found(edition, "trang 7") == "trang-7"
    assert found(edition, "trang 8") == ""


def test_the_box_leads_on_without_script_and_says_what_there_is_where_it_cannot(client):
    edition = a_handbook()
    box = reverse("library:goto", args=[edition.document.slug])
    assert client.get(box + "?to=trang+6").url == to(edition, "p1-c1") + "#trang-6"
    answer = client.get(box + "?to=trang+99")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "“trang 99”" in page
    assert "trang 5 đến 6" in page
    assert "Hình 1" in page
    assert reverse("library:search") + "?q=trang%2099" in page
    assert "Đến…" in body(client.get(box))


def test_a_printed_page_has_an_address_that_can_be_shared(client):
    edition = a_long_book()
    answer = client.get(to(edition, "trang-33"))
    assert answer.url == to(edition, "p1-c1") + "?page=4#trang-33"
    assert 'id="trang-33"' in body(client.get(answer.url))
    assert client.get(to(edition, "trang-900")).status_code == 404


def test_any_passage_can_be_addressed_by_its_name(client):
    law = a_law()
    edition = law.editions.get(language="vi")
    assert client.get(to(edition, "dieu-20.khoan-2")).url == to(edition, "chuong-ii") + "#dieu-20.khoan-2"
    english = client.get(to(edition, "dieu-20") + "?lang=en").url
    assert english == to(edition, "chuong-ii") + "?lang=en#dieu-20"


# Plates, notes, tables


def test_plates_hang_together_and_open_at_their_place(client):
    edition = a_handbook()
    page = body(client.get(reverse("library:plates", args=[edition.document.slug])))
    assert "<strong>Hình 1.</strong> Ba dấu hiệu" in page
    assert reverse("library:passage", args=[edition.passages.get(anchor="hinh-1").uid]) in page
    without = a_handbook("## Chương\nLời.\n")
    assert "không có ảnh" in body(client.get(reverse("library:plates", args=[without.document.slug])))


def test_plates_come_a_page_at_a_time_with_a_fixed_number_of_questions(client, django_assert_max_num_queries):
    many = "".join(f'<!-- id: hinh-{n} -->\n![Hình {n}. Tên](x{n}.svg "Mô tả")\n' for n in range(1, 31))
    edition = a_handbook("## Chương\n" + many)
    address = reverse("library:plates", args=[edition.document.slug])
    with django_assert_max_num_queries(5):
        page = body(client.get(address))
    assert page.count("<figcaption>") == 24 + 1  # and that of the larger view
    assert "Hình 30." in body(client.get(address + "?page=2"))


def test_a_note_is_reached_and_returned_from(client):
    edition = a_handbook("## Chương\n<!-- id: a -->\nLời có chú thích[^f1] và nhắc lại[^f1].\n")
    parent = edition.passages.get(anchor="c1")
    Passage.objects.create(
        edition=edition, parent=parent, position=99, kind="footnote", anchor="chu-thich-f1", label="f1", text="Chú."
    )
    page = body(client.get(to(edition, "c1")))
    assert page.count('id="goi-chu-thich-f1"') == 1
    assert page.count('href="#chu-thich-f1"') == 2
    assert 'href="#goi-chu-thich-f1"' in page


def test_a_note_at_the_end_of_a_long_chapter_stands_on_each_sheet_that_calls_it(client):
    edition = a_long_book()
    first = edition.passages.get(anchor="doan-0")
    first.text += "[^f1]"
    first.save()
    edition.passages.filter(anchor="p1-c2").update(position=1002)
    edition.passages.filter(anchor="cuoi").update(position=1003)
    Passage.objects.create(
        edition=edition,
        parent=first.parent,
        position=1001,
        kind="footnote",
        anchor="chu-thich-f1",
        label="f1",
        text="Chú.",
    )
    page = body(client.get(to(edition, "p1-c1")))
    assert 'id="chu-thich-f1"' in page
    assert 'id="doan-119"' not in page


def test_a_wide_table_scrolls_by_keyboard_inside_its_own_place(client):
    edition = a_handbook("## Chương\n<!-- id: a -->\n| Cột | Hai |\n| --- | --- |\n| một | hai |\n")
    assert re.search(
        r'<div class="wide" role="group" tabindex="0" aria-label="[^"]+"><table>', body(client.get(to(edition, "c1")))
    )


# The shelf


def test_the_shelf_begins_with_the_handbook_and_says_how_long_it_takes(client):
    a_law()
    edition = a_long_book()
    a_document("Một bản ghi")
    page = body(client.get(reverse("library:document_list")))
    first = page[page.index("first-book") : page.index("facets")]
    assert "Sách dài" in first
    assert "40 trang" in first
    assert "đọc khoảng" in first
    assert to(edition, "p1-c1") in first
    assert page.index("Luật Phòng, chống tham nhũng") < page.index("Một bản ghi")
    assert "2 điều" in page


def test_the_shelf_says_of_an_outline_what_it_is_and_no_longer_so_of_a_text_over_it(client):
    document = a_law()
    Edition.objects.filter(document=document).update(is_outline=True, note="Lời của chúng tôi")
    shelf = reverse("library:document_list")
    assert "Lời của chúng tôi" in body(client.get(shelf))
    Edition.objects.filter(document=document).update(is_outline=False, note="")
    assert "Lời của chúng tôi" not in body(client.get(shelf))


@pytest.mark.parametrize("more", [1, 3])
def test_the_shelf_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries, more):
    for _n in range(more):
        a_long_book(8)
    with django_assert_max_num_queries(9):
        client.get(reverse("library:document_list"))


def test_who_reads_the_other_language_stays_in_it(client):
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN + "## Second\nMore.\n", "en")
    page = body(client.get(to(edition, "p1-c1") + "?lang=en"))
    assert f'href="{to(edition, "p1-c2")}?lang=en"' in page[page.index('id="toc"') :]
    assert f'rel="next" href="{to(edition, "p1-c2")}?lang=en"' in page
    english = edition.document.editions.get(language="en").passages.get(anchor="p1-c1-s1-01")
    assert reverse("library:passage_about", args=[english.uid]) + "?lang=en" in page
