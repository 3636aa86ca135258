"""Every file that people send by mistake or by malice, at every place that takes one: a sentence in Vietnamese, and
what was typed beside it stays."""

import io

import pytest
from django.urls import reverse
from docx import Document as Docx

from tests.bad_input.browser import read, said
from tests.bad_input.world import World, a_world
from thongsuot.library.models import Document
from thongsuot.meetings import news
from thongsuot.meetings.models import PostPicture
from thongsuot.meetings.testing import a_closed_meeting
from thongsuot.papers.files import LARGEST, place_of
from thongsuot.papers.models import StoredFile
from thongsuot.papers.testing import A_PDF, a_docx, a_docx_of, a_picture, a_zip, sent
from thongsuot.papers.writing import Sheet, write_xlsx
from thongsuot.practice.models import Evidence
from thongsuot.practice.testing import a_review, an_action
from thongsuot.units.testing import NOW

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
WORKBOOK = write_xlsx([Sheet("A", ["B"], [["c"]], (10,))])
LOCKED, MACROS, BROKEN, EMPTY, BOMB = "mật khẩu", "macro", "hỏng", "trống", "bung"
ONLY, ENDING, OLD, LARGE, PICTURE = "chỉ nhận", "đuôi", "Word hoặc Excel cũ", "lớn hơn", "ảnh"


def files() -> dict[str, tuple[bytes, str, str]]:
    """Bytes, name, and the word that the sentence must hold wherever documents are taken."""
    whole = a_docx()
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    return {
        "locked docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", LOCKED),
        "old word": (OLE, "a.doc", OLD),
        "docm renamed": (a_zip({"[Content_Types].xml": types}, like=whole), "a.docx", MACROS),
        "docm renamed, with its macros": (a_zip({"word/vbaProject.bin": b"x"}, like=whole), "a.docx", MACROS),
        "docm by name": (whole, "a.docm", MACROS),
        "half a docx": (whole[: len(whole) // 2], "a.docx", BROKEN),
        "empty": (b"", "a.docx", EMPTY),
        "bomb": (a_zip({"word/media/a.bin": b"0" * 30_000_000}, like=whole), "a.docx", BOMB),
        "too large": (b"%PDF-" + b"x" * LARGEST, "a.pdf", LARGE),
        "program": (b"MZ\x90\x00" * 40, "a.docx", ONLY),
        "page": (b"<html><script>alert(1)</script>", "a.docx", ONLY),
        "picture that is none": (b"\xff\xd8\xffbroken", "a.jpg", PICTURE),
    }


AS_EVIDENCE = {
    "locked pdf": (A_PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"), "a.pdf", LOCKED),
    "half a pdf": (A_PDF[:20], "a.pdf", BROKEN),
    "misnamed": (A_PDF, "a.docx", ENDING),
    "workbook named docx": (WORKBOOK, "a.docx", ENDING),
}


def refused(response, *words: str) -> None:
    sentences = said(response.content)
    assert response.status_code == 422
    assert any(word in one for one in sentences for word in words), sentences
    assert not StoredFile.objects.exists()


@pytest.fixture
def world() -> World:
    return a_world()


def directive(client, world, data: bytes, name: str):
    client.force_login(world.who("officer", "city").account)
    address = reverse("campaigns:directive_create")
    return client.post(address, {"unit": world.units["city"].pk, "file": sent(data, name)})


def test_a_directive_that_is_no_fit_document_is_refused(client, world) -> None:
    for what, (data, name, word) in files().items():
        word = ONLY if what == "picture that is none" else word
        refused(directive(client, world, data, name), word)
    for data, name in ((WORKBOOK, "a.xlsx"), (WORKBOOK, "a.docx"), (A_PDF, "a.pdf"), (a_picture(), "a.jpg")):
        refused(directive(client, world, data, name), ONLY)


def a_docx_without_headings() -> bytes:
    out, plain = io.BytesIO(), Docx()
    plain.add_paragraph("Một văn bản không có phần đầu, viết liền một mạch.")
    plain.save(out)
    return out.getvalue()


NO_NUMBER = "".join(
    f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
    for line in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số      -KH/TU",
        "Hà Nội, ngày 31 tháng 02 năm 2023",
        "KẾ HOẠCH",
        "về học tập",
    )
)


@pytest.mark.parametrize("data", [a_docx_without_headings(), a_docx_of(NO_NUMBER), a_docx_of("")])
def test_a_plan_without_number_or_headings_is_filled_in_by_hand_and_registered(client, world, data) -> None:
    before = Document.objects.count()
    confirm = directive(client, world, data, "Kế hoạch chưa có số.docx").url
    page = client.get(confirm)
    assert page.status_code == 200
    assert said(page.content), "what could not be read is named"
    form = read(page.content)
    typed = {name: values[0] for name, values in form.sent.items()} | {"number": "", "issued_on": ""}
    assert client.post(confirm, typed).status_code in (302, 422)
    for _twice in range(2):
        done = client.post(confirm, typed | {"number": "12-KH/TU", "issued_on": "2023-03-30", "doc_type": "KH"})
        assert done.status_code == 302
    assert client.get(done.url).status_code == 200
    assert Document.objects.count() == before + 1


def test_a_file_lost_from_the_store_is_said_in_a_sentence(client, world) -> None:
    confirm = directive(client, world, a_docx(), "a.docx").url
    place_of(StoredFile.objects.get().sha256).unlink()
    response = client.get(confirm, follow=True)
    assert response.status_code in (200, 422)
    assert "a.docx" in response.content.decode()


def test_evidence_that_is_no_fit_file_is_refused_and_its_title_stays(client, world) -> None:
    action = an_action(world.campaign, world.units["cell_a1"])
    client.force_login(world.who("head", "cell_a1").account)
    add = reverse("practice:action_evidence_add", args=[action.uid])
    for data, name, word in (files() | AS_EVIDENCE).values():
        response = client.post(add, {"title": "Tên đã gõ", "file": sent(data, name), "url": ""})
        refused(response, word)
        assert "Tên đã gõ" in response.content.decode()
    assert not Evidence.objects.exists()


def test_evidence_of_a_self_review_that_is_unfit_leaves_the_answer_saved(client, world) -> None:
    review = a_review(world.campaign, world.units["committee_a"])
    client.force_login(world.who("head", "committee_a").account)
    edit = reverse("practice:self_review_edit", args=[review.uid, "A"])
    for data, name, word in (files() | AS_EVIDENCE).values():
        typed = {"A1-level": "done", "A1-note": "Đã làm", "A1-title": "Tên đã gõ", "A1-file": sent(data, name)}
        response = client.post(edit, typed)
        refused(response, word)
        assert "Tên đã gõ" in response.content.decode()
        assert review.answers.get(code="A1").note == "Đã làm"


def test_a_picture_that_is_none_is_refused_and_its_caption_stays(client, world) -> None:
    meeting = a_closed_meeting(world.units["cell_a1"], campaign=world.campaign, present=6)
    post = news.draft_post(meeting, by=None, at=NOW)
    client.force_login(world.who("head", "cell_a1").account)
    edit = reverse("meetings:post_edit", args=[post.uid])
    pictures = {
        "truncated": (a_picture(size=(400, 400))[:300], "a.jpg", PICTURE), "docx named jpg": (a_docx(), "a.jpg", ONLY),
        "pdf": (A_PDF, "a.pdf", ONLY),
        "svg": (b"<svg onload='x()'/>", "a.svg", ONLY), "gif": (b"GIF89a", "a.gif", ONLY),
    }  # fmt: skip
    for data, name, word in (files() | pictures).values():
        response = client.post(edit, {"picture": "1", "caption": "Chú thích đã gõ", "file": sent(data, name)})
        refused(response, word, ONLY)
        assert "Chú thích đã gõ" in response.content.decode()
    assert not PostPicture.objects.exists()


def test_a_name_of_any_length_and_any_signs_is_taken(client, world) -> None:
    for name in ("x" * 250 + ".docx", "..\\..\\\u202e\x07kế.docx", "👩🏽‍🏫 biên bản %s.docx", ".docx", "docx"):
        assert directive(client, world, a_docx(), name).status_code == 302, name


def test_a_form_without_its_file_says_so(client, world) -> None:
    client.force_login(world.who("officer", "city").account)
    response = client.post(reverse("campaigns:directive_create"), {"unit": world.units["city"].pk})
    assert response.status_code == 422
    assert said(response.content)
