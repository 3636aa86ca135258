"""Files that mean harm, and files made by chance: each is refused with a reason or read without harm, within limits."""

import contextlib
import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from thongsuot.library.formats import epub, md, pictures, txt
from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.structure import Line, read_lines
from thongsuot.library.models import Passage
from thongsuot.library.reading import render
from thongsuot.library.tests.test_formats import _BODY, _TYPES, _zip
from thongsuot.library.tests.test_html_epub import _CONTAINER, _NAV, _OPF, an_epub
from thongsuot.library.tests.test_pdf import a_pdf

FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def reason(path: Path, folder: Path) -> str:
    """Why the whole way in, from the first look to the reader apart, refuses the file; empty where it does not."""
    into = folder / f"into-{time.monotonic_ns()}"
    into.mkdir()
    try:
        read_apart(path, into, format_of(path))
    except CannotRead as refusal:
        return refusal.reason
    return ""


def read(path: Path, folder: Path) -> Reading:
    into = folder / f"into-{time.monotonic_ns()}"
    into.mkdir()
    return read_apart(path, into, format_of(path))


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


# -- archives


def test_a_bomb_inside_a_book_is_not_unpacked(tmp_path):
    file = an_epub(tmp_path / "a.epub")
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("o/c.xhtml", b"0" * 300_000_000)
    assert reason(file, tmp_path) == "bomb"


def test_a_size_that_the_list_hides_is_found_while_unpacking(tmp_path):
    """The list of entries says one byte, the entry unpacks to two hundred million."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"<w" * 100_000_000) + packed.flush()
    entries = {"[Content_Types].xml": (_TYPES, len(_TYPES), 0), "word/document.xml": (data, 1, 8)}
    out, listed = b"", b""
    for name, (body, size, method) in entries.items():
        head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, 0, len(body), size, len(name), 0)
        place = len(out)
        out += b"PK\x03\x04" + head + name.encode() + body
        listed += (
            b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, place) + name.encode()
        )
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(listed), len(out), 0)
    assert reason(written(tmp_path, "a.docx", out + listed + end), tmp_path) in ("damaged", "bomb", "entities")


def test_a_list_of_a_hundred_thousand_entries_is_not_read(tmp_path):
    file = written(tmp_path, "a.docx", b"PK\x03\x04" + b"PK\x01\x02" * 100_000)
    begun = time.monotonic()
    assert reason(file, tmp_path) == "bomb"
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "o/..\\..\\evil", "C:/evil"])
def test_an_entry_that_points_outside_is_refused(tmp_path, name):
    file = an_epub(tmp_path / "a.epub")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    assert reason(file, tmp_path) == "disordered"
    assert not (tmp_path.parent / "evil").exists()


def test_a_picture_of_a_book_is_looked_for_in_the_book_only(tmp_path):
    secret = written(tmp_path, "secret.png", b"secret")
    page = f'<html><body><p>x</p><img src="file://{secret}"/><img src="../../../{secret}"/></body></html>'
    file = an_epub(tmp_path / "a.epub", o__b2="x")
    with zipfile.ZipFile(tmp_path / "b.epub", "w") as out, zipfile.ZipFile(file) as given_:
        for entry in given_.namelist():
            out.writestr(entry, page if entry.endswith("b.xhtml") else given_.read(entry))
    reading = read(tmp_path / "b.epub", tmp_path)
    assert [draft.image for draft in reading.drafts if draft.kind == "plate"] == ["", ""]


# -- entities, scripts, macros

LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))


def test_entities_that_grow_are_refused_in_every_part_of_a_book(tmp_path):
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l12;</a>'
    for part in ("META-INF/container.xml", "o/p.opf", "o/a.xhtml"):
        with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
            parts = {"META-INF/container.xml": _CONTAINER, "o/p.opf": _OPF, "o/nav.xhtml": _NAV, "o/a.xhtml": "<p/>"}
            for name, data in {"mimetype": "application/epub+zip", **parts, part: bomb}.items():
                archive.writestr(name, data)
        assert reason(tmp_path / "a.epub", tmp_path) == "entities", part


RUNS = """<script>alert(1)</script><svg onload="alert(2)"><script>alert(3)</script>
<foreignObject>alert(4)</foreignObject></svg>
<img src=x onerror="alert(5)"><a href="javascript:alert(6)">bấm</a><iframe srcdoc="alert(7)"></iframe>
<style>@import 'x'</style><object data="alert(8)"></object><form action="//evil"><input value="alert(9)"></form>
<math><mtext><table><mglyph><style><img src=x onerror=alert(10)></style></mglyph></table></mtext></math>"""


def test_nothing_that_would_run_is_shown_to_a_reader(tmp_path):
    page = written(tmp_path, "a.html", f"<!DOCTYPE html><html><body><p>Chữ {RUNS} cuối</p></body></html>".encode())
    book = an_epub(tmp_path / "a.epub")
    with zipfile.ZipFile(tmp_path / "b.epub", "w") as out, zipfile.ZipFile(book) as given_:
        for entry in given_.namelist():
            body = f"<html><body><h1>Một</h1><p>Chữ</p>{RUNS}</body></html>"
            out.writestr(entry, body if entry.endswith("a.xhtml") else given_.read(entry))
    plain = written(tmp_path, "a.txt", RUNS.encode())
    words = written(tmp_path, "a.md", f"# Một\n\n{RUNS}\n\n[bấm](javascript:alert(1))\n\n![x](javascript:y)".encode())
    for file in (page, tmp_path / "b.epub", plain, words):
        for draft in read(file, tmp_path).drafts:
            shown = str(render(Passage(text=draft.text))).lower()
            for bad in (
                "<script",
                "<svg",
                "<img",
                "<iframe",
                "<style",
                "<object",
                "<form",
                'href="javascript',
                "<math",
            ):
                assert bad not in shown, (file.name, shown)


def test_a_drawing_by_itself_is_no_text(tmp_path):
    for data in (b"<svg onload='x()'><script>1</script></svg>", b"<?xml version='1.0'?><svg/>"):
        assert reason(written(tmp_path, "a.svg", data), tmp_path) == "unknown"


def test_macros_are_found_by_their_type_too(tmp_path):
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    file = _zip(tmp_path / "a.docx", {"[Content_Types].xml": types, "word/document.xml": _BODY % b""})
    assert reason(file, tmp_path) == "macros"


# -- two things in one file


def test_a_file_that_is_two_things_is_what_its_first_bytes_say_or_nothing(tmp_path):
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", _BODY % b"<w:p><w:r><w:t>a</w:t></w:r></w:p>")
    script = b"<html><script>alert(1)</script>"
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "JPEG")
    cases = {
        "pdf before docx.docx": (a_pdf([[(40, 500, 11, "x")]]) + word.getvalue(), "other-format"),
        "docx before pdf.pdf": (word.getvalue() + a_pdf([[(40, 500, 11, "x")]]), "other-format"),
        "jpeg before docx.docx": (picture.getvalue() + word.getvalue(), "picture"),
        "html in pdf.html": (b"%PDF-1.7\n" + script, "other-format"),
        "pdf in html.pdf": (script + b"%PDF-1.7", "other-format"),
    }
    for name, (data, why) in cases.items():
        assert reason(written(tmp_path, name, data), tmp_path) in (why, "damaged"), name


# -- too much


def test_a_pdf_of_ten_thousand_pages_is_refused_at_once(tmp_path):
    file = written(tmp_path, "a.pdf", a_pdf([[(40, 500, 11, "x")]] * 10_000))
    begun = time.monotonic()
    assert reason(file, tmp_path) == "too-many-pages"
    assert time.monotonic() - begun < 20


def test_a_pdf_whose_pages_are_their_own_ancestors_ends(tmp_path):
    data = a_pdf([[(40, 500, 11, "x")]]).replace(b"/Count 1/Kids[5 0 R]", b"/Count 1/Kids[2 0 R]")
    assert reason(written(tmp_path, "a.pdf", data), tmp_path) in ("damaged", "empty", "too-big")


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_table_of_a_million_cells_is_cut(tmp_path, kind):
    if kind == "html":
        row = "<tr>" + "<td>1</td>" * 1000 + "</tr>"
        data = f"<!DOCTYPE html><html><body><h1>a</h1><table>{row * 1000}</table></body></html>"
    else:
        data = "# a\n\n" + "|1" * 1000 + "|\n" + "|---" * 1000 + "|\n" + ("|1" * 1000 + "|\n") * 999
    begun = time.monotonic()
    reading = read(written(tmp_path, f"a.{kind}", data.encode()), tmp_path)
    assert time.monotonic() - begun < 60
    if kind == "html":
        assert [doubt.kind for doubt in reading.doubts] == ["table"]
        assert sum(len(draft.text) for draft in reading.drafts) < 200_000


def test_a_page_nested_a_hundred_thousand_deep_is_refused_or_read(tmp_path):
    data = b"<!DOCTYPE html><html><body>" + b"<div>" * 100_000 + b"x"
    assert reason(written(tmp_path, "a.html", data), tmp_path) in ("", "damaged", "too-big", "empty")


def test_one_line_of_ten_million_letters_is_read_within_the_limits(tmp_path):
    begun = time.monotonic()
    assert reason(written(tmp_path, "a.txt", "Điều 1. a, khoản 2 ".encode() * 500_000), tmp_path) in ("", "too-big")
    assert time.monotonic() - begun < 60


def test_a_picture_that_would_fill_the_memory_is_not_drawn(tmp_path):
    chunk = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    header = struct.pack(">I", len(chunk)) + b"IHDR" + chunk + struct.pack(">I", zlib.crc32(b"IHDR" + chunk))
    assert pictures.redraw(written(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n" + header)) is None


def test_a_scan_is_recognised_and_told_what_to_do(tmp_path):
    """Pictures of pages without a letter in them."""
    page = Image.new("RGB", (300, 400), "white")
    page.save(tmp_path / "a.pdf", "PDF", save_all=True, append_images=[page.copy()])
    assert reason(tmp_path / "a.pdf", tmp_path) == "scan"


# -- made by chance


@FUZZ
@given(st.text(alphabet='#*_[]()!|`~<>-+.1:\\ \n\t"ệa', max_size=200))
def test_any_markdown_is_read_or_refused(tmp_path, words):
    with contextlib.suppress(CannotRead):
        md.read(written(tmp_path, "a.md", words.encode()), tmp_path)


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes_as_text_are_read_or_refused(tmp_path, data):
    with contextlib.suppress(CannotRead):
        txt.read(written(tmp_path, "a.txt", data), tmp_path)
    with contextlib.suppress(CannotRead):
        format_of(written(tmp_path, "a.txt", data))


LAW_WORDS = st.sampled_from(
    [
        "Phần thứ nhất", "Chương I", "Chương II. X", "Mục 1", "Tiểu mục 1", "Điều 1. A", "Điều 2.",
        "Điều 3. B.Điều 4. C", "Điều 1", "1. Một", "2. Hai", "a) Nhỏ;", "đ) Nhỏ", "“Điều 9. X", "Phụ lục", "PHỤ LỤC I",
        "QUY CHẾ", "Nơi nhận:", "TM. CHÍNH PHỦ", "LUẬT", "Số: 36/2018/QH14", "ngày 31 tháng 02 năm 2023", "Căn cứ",
        "I. A", "II. B", "chữ", "*", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Người ký: A", "Email: b",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(LAW_WORDS, max_size=25))
def test_any_order_of_a_law_s_lines_gives_a_tree(lines):
    seen = {""}
    for draft in read_lines([Line(text) for text in lines]).drafts:
        assert draft.parent in seen, (draft.parent, lines)
        assert draft.anchor not in seen
        seen.add(draft.anchor)


@FUZZ
@given(st.lists(st.tuples(st.integers(0, 1500), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_a_damaged_book_is_read_or_refused(tmp_path, damage):
    data = bytearray(an_epub(tmp_path / "a.epub").read_bytes())
    for place, some in damage:
        data[place : place + len(some)] = some
    file = written(tmp_path, "b.epub", bytes(data))
    with contextlib.suppress(CannotRead):
        format_of(file)
        epub.read(file, tmp_path)


@FUZZ
@given(
    st.text(alphabet="<>/abdhivnspr12 =\":#'&;ệ\n", max_size=160), st.text(alphabet="<>/navolig #.=\"'a1", max_size=100)
)
def test_any_pages_of_a_book_are_read_or_refused(tmp_path, page, nav):
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        parts = {"META-INF/container.xml": _CONTAINER, "o/p.opf": _OPF, "o/nav.xhtml": nav, "o/a.xhtml": page}
        for name, data in {"mimetype": "application/epub+zip", **parts, "o/b.xhtml": f"<p>{page}"}.items():
            archive.writestr(name, data)
    with contextlib.suppress(CannotRead):
        epub.read(tmp_path / "a.epub", tmp_path)
