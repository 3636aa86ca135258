"""The gate: what comes in is what it says, and nothing else comes in."""

import io
import re
import zipfile
from pathlib import Path

import polib
import pytest
from django.utils import translation
from PIL import Image

from thongsuot.papers.files import MissingFile, UnfitFile, clean_name, kind_of, place_of, read, serve, store_upload
from thongsuot.papers.models import StoredFile
from thongsuot.papers.testing import A_PDF, NOW, a_docx, a_picture, a_zip, sent

pytestmark = pytest.mark.django_db
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def keep(data: bytes, name: str, **more: object) -> StoredFile:
    return store_upload(sent(data, name), by=None, at=NOW, **more)  # type: ignore[arg-type]


def with_flag(data: bytes, flag: int) -> bytes:
    """The archive with this flag on every entry of its directory."""
    out, at = bytearray(data), 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 8] |= flag
        at += 4
    return bytes(out)


def test_a_fit_file_is_kept_once_under_its_hash_and_comes_back_whole() -> None:
    data = a_docx()
    first, second = keep(data, "Kế hoạch.docx"), keep(data, "lần nữa.docx")
    assert first.sha256 == second.sha256
    assert read(first) == data
    assert len(list(place_of(first.sha256).parent.iterdir())) == 1


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "a.docx", "trống"),
        (OLD_WORD, "a.doc", "docx"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mật khẩu"),
        (A_PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"), "a.pdf", "mật khẩu"),
        (A_PDF[:20], "a.pdf", "hỏng"),
        (b"MZ\x90\x00" * 40, "a.docx", "chỉ nhận"),
        (b"<html><script>", "a.pdf", "chỉ nhận"),
        (b"{\\rtf1}", "a.docx", "chỉ nhận"),
        (b"PK\x03\x04broken", "a.docx", "hỏng"),
        (A_PDF, "a.docx", "đuôi .docx"),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png", "ảnh"),
    ],
)
def test_an_unfit_file_is_refused_with_a_sentence(data: bytes, name: str, word: str) -> None:
    with translation.override("vi"), pytest.raises(UnfitFile, match=word):
        keep(data, name)
    assert not StoredFile.objects.exists()


def test_unfit_archives_are_refused_with_a_sentence() -> None:
    whole = a_docx()
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    cases = [
        (a_zip({"word/vbaProject.bin": b"x"}, like=whole), "macro"),
        (a_zip({"[Content_Types].xml": types}, like=whole), "macro"),
        (a_zip({"word/activeX/activeX1.bin": b"x"}, like=whole), "macro"),
        (a_zip({"../../etc/passwd": b"x"}, like=whole), "Cấu trúc"),
        (a_zip({"/etc/passwd": b"x"}, like=whole), "Cấu trúc"),
        (a_zip({"C:\\a": b"x"}, like=whole), "Cấu trúc"),
        (a_zip({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, like=whole), "Cấu trúc"),
        (a_zip({"word/media/a.bin": b"0" * 30_000_000}, like=whole), "bung"),
        (a_zip({f"x{n}": b"" for n in range(5100)}, like=whole), "bung"),
        (a_zip({"a.txt": b"x"}), "chỉ nhận"),
        (with_flag(whole, 1), "mật khẩu"),
        (whole[: len(whole) // 2], "hỏng"),
    ]
    for data, word in cases:
        with translation.override("vi"), pytest.raises(UnfitFile, match=word):
            keep(data, "a.docx")


def test_a_damaged_part_is_found_even_when_the_directory_is_whole() -> None:
    whole = a_docx()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 200
    with pytest.raises(UnfitFile):
        kind_of(whole[:at] + b"\xff\x00\xff\x00" + whole[at + 4 :])


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(a_docx())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<other/>")
    with pytest.raises(UnfitFile):
        kind_of(out.getvalue())


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongsuot.papers.files.LARGEST", 100)
    with translation.override("vi"), pytest.raises(UnfitFile, match="lớn hơn"):
        keep(b"x" * 101, "a.pdf")


def test_a_kind_that_is_not_asked_for_is_refused() -> None:
    with translation.override("vi"), pytest.raises(UnfitFile, match="DOCX, PDF"):
        keep(a_picture(), "a.jpg", allow={"pdf", "docx"})


def test_a_picture_is_turned_upright_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Nhà bà Lan"
    kept = read(keep(a_picture(exif=exif.tobytes()), "ảnh.JPG"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (20, 40)
        assert dict(picture.getexif()) == {}
    assert b"Lan" not in kept


def test_a_large_picture_is_made_smaller_and_a_bomb_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = read(keep(a_picture("PNG", (3000, 100)), "a.png"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (2400, 80)
    monkeypatch.setattr("thongsuot.papers.files.MOST_PIXELS", 100)
    with translation.override("vi"), pytest.raises(UnfitFile, match="điểm ảnh"):
        keep(a_picture(), "a.jpg")


def test_names_are_cleaned_and_endings_mended() -> None:
    assert clean_name("../..\\Kế hoạch\u202excod.docx\x00") == "Kế hoạchxcod.docx"
    assert clean_name("...") == "file"
    assert keep(A_PDF, "biên bản").name == "biên bản.pdf"
    assert keep(A_PDF, "số 12.5 ngày 30.PDF").name == "số 12.5 ngày 30.PDF"
    assert keep(a_picture("PNG"), "a.jpg").name == "a.png"


def test_a_file_is_served_as_a_download_that_nothing_runs() -> None:
    response = serve(keep(A_PDF, "Biên bản số 1.pdf"))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Bi%C3%AAn")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == A_PDF  # type: ignore[arg-type]
    assert serve(keep(A_PDF, "a.pdf"), inline_picture=True)["Content-Disposition"].startswith("attachment")
    assert serve(keep(a_picture(), "a.jpg"), inline_picture=True)["Content-Disposition"].startswith("inline")


def test_a_file_that_the_store_has_lost_is_said_in_a_sentence() -> None:
    file = keep(A_PDF, "a.pdf")
    place_of(file.sha256).unlink()
    with pytest.raises(MissingFile):
        serve(file)


def test_every_sentence_of_this_room_is_translated() -> None:
    catalogue = Path(__file__).parents[1] / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    known = {entry.msgid for entry in polib.pofile(str(catalogue)) if entry.msgstr}
    asked = set()
    for source in Path(__file__).parents[1].glob("*.py"):
        asked |= set(re.findall(r"(?:_|gettext_lazy)\(\s*\"([^\"]+)\"", source.read_text(encoding="utf-8")))
    assert asked - known == set()
    assert known - asked == set()
