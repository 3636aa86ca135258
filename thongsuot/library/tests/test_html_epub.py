import base64
import contextlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from thongsuot.library.formats import epub, html
from thongsuot.library.formats.apart import format_of
from thongsuot.library.formats.drafts import CannotRead


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sách</title><script>alert(1)</script></head><body>
<nav>Mục lục</nav><h1>Chương <i>một</i></h1><p>Chữ <b>đậm</b> và <em>nghiêng</em>, *sao*<sup>2</sup>.</p>
<ul><li>một</li><li>hai</li></ul><ol><li>thứ nhất</li></ol><h2>Mục</h2>
<figure><img src="PICTURE" alt="Đỏ"><figcaption>Hình 2. Ô đỏ</figcaption></figure>
<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3</td></tr></table>
<p onclick="x()">Cuối <img src="https://example.org/x.png"></p></body></html>"""


def test_a_page_becomes_a_tree_without_what_would_run(tmp_path):
    picture = f"data:image/png;base64,{base64.b64encode(a_picture()).decode()}"
    (tmp_path / "a.html").write_text(PAGE.replace("PICTURE", picture), encoding="utf-8")
    assert format_of(tmp_path / "a.html") == "html"
    reading = html.read(tmp_path / "a.html", tmp_path)
    assert [(d.kind, d.text or d.heading) for d in reading.drafts] == [
        ("chapter", "Chương một"),
        ("paragraph", "Chữ **đậm** và *nghiêng*, \\*sao\\*^2."),
        ("paragraph", "- một"),
        ("paragraph", "- hai"),
        ("paragraph", "1\\. thứ nhất"),
        ("section", "Mục"),
        ("plate", "Ô đỏ"),
        ("paragraph", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("paragraph", "Cuối"),
        ("plate", ""),
    ]
    assert reading.about.title == "Sách"
    assert [(d.label, d.image) for d in reading.drafts if d.kind == "plate"] == [("Hình 2", "anh-0001.png"), ("", "")]


def test_a_law_as_a_page_is_read_by_its_numbers(tmp_path):
    words = "<p>Điều 1. Phạm vi</p><p>1. Một.</p><p>a) Nhỏ;</p><p>Điều 2. Đối tượng</p><p>Chữ.</p>"
    (tmp_path / "a.html").write_text(f"<html><body>{words}</body></html>", encoding="utf-8")
    anchors = [draft.anchor for draft in html.read(tmp_path / "a.html", tmp_path).drafts]
    assert anchors == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-1.diem-a", "dieu-2"]


_CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="o/p.opf"/></rootfiles></container>"""
_OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Sách điện tử</dc:title><dc:creator>Nhóm biên soạn</dc:creator></metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
_NAV = """<html xmlns:epub="e"><body><nav epub:type="page-list"><ol><li><a href="a.xhtml">5</a></li>
<li><a href="b.xhtml#t7">7</a></li></ol></nav></body></html>"""
_A = """<html xmlns:epub="e"><body><h1>Một</h1><p>Năm<a epub:type="noteref" href="#f">1</a></p>
<span epub:type="pagebreak" title="6"></span><p>Sáu</p>
<aside epub:type="footnote" id="f">1. Ghi chú</aside></body></html>"""
_B = '<html><body><h1>Hai</h1><p id="t7">Bảy</p><img src="../anh.png" alt="x"/></body></html>'


def an_epub(path: Path, **more: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _CONTAINER)
        for name, data in {"p.opf": _OPF, "nav.xhtml": _NAV, "a.xhtml": _A, "b.xhtml": _B}.items():
            archive.writestr(f"o/{name}", data)
        archive.writestr("anh.png", a_picture())
        for name, data in more.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def test_an_electronic_book_keeps_its_printed_pages_notes_and_pictures(tmp_path):
    file = an_epub(tmp_path / "a.epub")
    assert format_of(file) == "epub"
    reading = epub.read(file, tmp_path)
    assert [(d.kind, d.text or d.heading, d.printed_page) for d in reading.drafts] == [
        ("chapter", "Một", "5"),
        ("paragraph", "Năm[^1]", "5"),
        ("paragraph", "Sáu", "6"),
        ("footnote", "Ghi chú", "6"),
        ("chapter", "Hai", "6"),
        ("paragraph", "Bảy", "7"),
        ("plate", "", "7"),
    ]
    assert (reading.about.title, reading.about.author) == ("Sách điện tử", "Nhóm biên soạn")
    assert (tmp_path / "anh-0001.png").read_bytes() == a_picture()


@pytest.mark.django_db
def test_a_note_s_mark_leads_to_the_note(client, tmp_path):
    call_command("import_document", str(an_epub(tmp_path / "a.epub")), public=True, stdout=io.StringIO())
    page = client.get("/library/sach-dien-tu/c1/").content.decode()
    assert re.search(r'Năm<sup><a [^>]*href="#chu-thich-1"[^>]*>1</a></sup>', page)
    assert 'id="chu-thich-1"' in page


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"META-INF__encryption.xml": "<a><EncryptionMethod/></a>"}, "locked"),
        ({"o__..__..__x": "x"}, "disordered"),
    ],
)
def test_locked_and_escaping_books_are_refused(tmp_path, more, reason):
    with pytest.raises(CannotRead) as refusal:
        epub.read(an_epub(tmp_path / "a.epub", **more), tmp_path)
    assert refusal.value.reason == reason


def test_entities_are_refused(tmp_path):
    (tmp_path / "a.html").write_text('<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>')
    with pytest.raises(CannotRead) as refusal:
        html.read(tmp_path / "a.html", tmp_path)
    assert refusal.value.reason == "entities"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="<>/abcdeh123tr ulo\"'=&;ệ\n", max_size=120))
def test_any_page_is_read_or_refused(tmp_path, words):
    (tmp_path / "a.html").write_text(f"<html><body>{words}", encoding="utf-8")
    with contextlib.suppress(CannotRead):
        html.read(tmp_path / "a.html", tmp_path)
