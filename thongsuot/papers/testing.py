"""Builders for tests: papers, and files that mean harm."""

import io
import zipfile
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from thongsuot.papers.writing import Paper, Section, Signature, Table, write_docx

NOW = datetime(2023, 5, 15, 2, 0, tzinfo=UTC)


def a_paper(**values: object) -> Paper:
    """A small plan of the city, or what ``values`` make of it."""
    given: dict[str, object] = {
        "system": "party", "on": date(2023, 3, 30), "superior": "Đảng bộ thành phố Hà Nội", "issuer": "Thành uỷ Hà Nội",
        "number": "147-KH/TU", "place": "Hà Nội", "type_name": "Kế hoạch", "subject": "tổ chức đợt sinh hoạt chính trị",
        "bases": ["Hướng dẫn số 97-HD/BTGTW, ngày 08/3/2023"],
        "sections": [
            Section("Mục đích", ["Nâng cao nhận thức."]),
            Section("Lịch", [Table(["TT", "Việc"], [["1", "Đọc"]], (12, 100)), "Các cấp uỷ thực hiện."]),
        ],
        "recipients": ["Các quận uỷ", "Lưu Văn phòng"],
        "signatures": [Signature("T/M Ban Thường vụ", "Bí thư", "Nguyễn Văn Ví Dụ")],
    }  # fmt: skip
    return Paper(**{**given, **values})  # type: ignore[arg-type]


def a_docx() -> bytes:
    return write_docx(a_paper())


def sent(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def a_zip(parts: dict[str, bytes], *, like: bytes = b"") -> bytes:
    """An archive of these parts, laid over those of another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if like:
            with zipfile.ZipFile(io.BytesIO(like)) as source:
                for name in source.namelist():
                    if name not in parts:
                        target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def a_docx_of(body: str) -> bytes:
    """A DOCX whose body is this WordprocessingML."""
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {names}><w:body>{body}</w:body></w:document>'
    return a_zip({"word/document.xml": document.encode()}, like=a_docx())


def lines_as_docx(*lines: str, bold: bool = False) -> bytes:
    """One paragraph a line; a tab stays a tab."""
    mark = "<w:rPr><w:b/></w:rPr>" if bold else ""
    made = (line.replace("\t", f'</w:t></w:r><w:r>{mark}<w:tab/><w:t xml:space="preserve">') for line in lines)
    return a_docx_of("".join(f'<w:p><w:r>{mark}<w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in made))


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(out, format=kind, **saved)  # type: ignore[arg-type]
    return out.getvalue()


A_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
