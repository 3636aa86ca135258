import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.journal.models import Record
from thongsuot.library.formats.books import Book
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.loading import apply_page_map
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.search import search
from thongsuot.library.settling import settle
from thongsuot.library.testing import a_document, a_law
from thongsuot.library.tests.test_formats import a_word_file

pytestmark = pytest.mark.django_db
TEXT = "# Một\n\nĐoạn thứ nhất nói về công khai.\n\nĐoạn thứ hai nói về minh bạch tài sản.\n\nĐoạn ba.\n"


def imported(path, **options) -> Document:
    call_command("import_document", str(path), stdout=StringIO(), **options)
    return Document.objects.order_by("pk").last()


def test_a_file_becomes_a_document_that_can_be_read_with_its_pictures(client, tmp_path):
    document = imported(a_word_file(tmp_path / "sach.docx"), public=True)
    page = client.get(reverse("library:chapter", args=[document.slug, "c1"])).content.decode()
    assert "<strong>đậm</strong>" in page
    picture = document.editions.get().pictures.get()
    address = reverse("library:picture", args=[picture.uid, 480])
    assert f"{address} 480w" in page
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


def test_pictures_of_a_document_that_is_not_public_are_not_shown(client, tmp_path):
    picture = imported(a_word_file(tmp_path / "sach.docx")).editions.get().pictures.get()
    assert client.get(reverse("library:picture", args=[picture.uid, 480])).status_code == 404


def test_a_corrected_text_keeps_the_identity_of_what_is_nearly_the_same(tmp_path):
    file = tmp_path / "a.md"
    file.write_text(TEXT, encoding="utf-8")
    document = imported(file, title="Sách thử")
    before = {passage.text: passage.uid for passage in Passage.objects.all()}
    changed = TEXT.replace("Đoạn thứ hai nói", "Một đoạn mới hẳn chen vào giữa.\n\nĐoạn thứ hai có nói")
    file.write_text(changed.replace("\n\nĐoạn ba.", ""), encoding="utf-8")
    call_command("import_document", str(file), into=document.slug, stdout=(out := StringIO()))
    after = {passage.uid: passage for passage in Passage.objects.all()}
    second = after[before["Đoạn thứ hai nói về minh bạch tài sản."]]
    assert (second.text, second.anchor) == ("Đoạn thứ hai có nói về minh bạch tài sản.", "c1-03")
    assert after[before["Đoạn ba."]].is_withdrawn
    assert "1 đoạn mới, 2 như cũ, 1 sửa đổi, 1 không còn" in out.getvalue()


def test_a_second_book_of_the_same_title_is_told_at_the_command_line(tmp_path):
    document = imported(file := _written(tmp_path, TEXT), title="Sách thử")
    call_command("import_document", str(file), title="Sách thử", stdout=(out := StringIO()))
    assert f"--into {document.slug}" in out.getvalue()


def test_what_cites_a_passage_that_is_gone_is_listed(tmp_path):
    document = imported(file := _written(tmp_path, TEXT), title="Sách thử")
    other = a_document("Báo cáo")
    Citation.objects.create(document=other, matched="đoạn ba", target=document, target_passage=_passage("Đoạn ba."))
    _written(tmp_path, TEXT.replace("\n\nĐoạn ba.", ""))
    call_command("import_document", str(file), into=document.slug, stdout=(out := StringIO()))
    assert "! Đoạn ba.: Báo cáo" in out.getvalue()


def test_the_full_text_over_an_outline_is_no_longer_called_one(tmp_path):
    law = a_law()
    text = "LUẬT\nPHÒNG, CHỐNG THAM NHŨNG\nSố: 36/2018/QH14   Ngày 20/11/2018\nĐiều 1. Một\nChữ.\nĐiều 2. Hai\nChữ.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    call_command("import_document", str(tmp_path / "a.txt"), stdout=StringIO())
    edition = law.editions.get(language="vi")
    assert (edition.is_outline, edition.note) == (False, "")
    assert Record.objects.filter(verb="text imported", subject_uid=law.uid).count() == 1


def test_what_cites_a_law_by_its_name_waits_for_it(tmp_path):
    text = "# Một\n\nTheo khoản 1 Điều 4 Luật Thử nghiệm thì mọi việc phải rõ.\n"
    document = imported(_written(tmp_path, text), title="Bài")
    assert {citation.target for citation in document.citations.all()} == {None}
    path = a_collection(tmp_path / "a.jsonl.gz", a_line(src_article="4"), a_line(src_article="5", title="Khác"))
    call_command("import_collection", path, stdout=StringIO(), stderr=StringIO())
    found = {citation.matched: citation for citation in document.citations.all()}
    assert found["Luật Thử nghiệm"].target.number == "5/2020/QH14"
    assert found["khoản 1 Điều 4"].target_passage.anchor == "dieu-4.khoan-1"


@pytest.mark.parametrize("options", [{"page_map": "none.csv"}, {"into": "no-such-text"}])
def test_what_is_missing_is_said(tmp_path, options):
    with pytest.raises(CommandError, match=r"none\.csv|no-such-text"):
        call_command("import_document", str(_written(tmp_path, TEXT)), **options)


def _written(folder, text):
    (folder / "a.md").write_text(text, encoding="utf-8")
    return folder / "a.md"


def _passage(text):
    return Passage.objects.get(text=text)


def test_a_file_that_cannot_be_read_is_named_with_a_reason(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"hello")
    with pytest.raises(CommandError, match=r"a\.docx"):
        call_command("import_document", str(tmp_path / "a.docx"), stderr=(said := StringIO()))
    assert "a.docx: " in said.getvalue()
    assert not Document.objects.exists()


def test_printed_pages_come_from_a_list(tmp_path):
    book = Book()
    for text in ("Mở đầu", "Trang sau bắt đầu", "tiếp theo"):
        book.paragraph(text)
    drafts = book.reading().drafts
    apply_page_map(drafts, "trang,bắt đầu bằng\n12,mở đầu\n13,trang sau\n".encode())
    assert [draft.printed_page for draft in drafts] == ["12", "13", "13"]
    with pytest.raises(CannotRead) as refusal:
        apply_page_map(drafts, "12,mở đầu\n13,không có\n".encode())
    assert refusal.value.detail == "2"


WORDS = st.sampled_from(["công khai", "minh bạch", "tài sản thu nhập", "quà tặng", "Hình thức báo cáo sai lệch"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8), st.data())
def test_settling_any_text_over_any_other_leaves_just_the_new_one(texts, data):
    other = data.draw(st.permutations(texts)) + data.draw(st.lists(WORDS, max_size=3))
    edition = Edition.objects.create(document=a_document())
    for version in (texts, other, other):
        book = Book()
        for text in version:
            book.paragraph(text)
        settled = settle(edition, book.reading().drafts, by_text=True)
        standing = edition.passages.filter(is_withdrawn=False).order_by("position")
        assert [passage.text for passage in standing] == version
    # The same text again changes nothing.
    assert (settled.kept, settled.fresh, settled.changed, settled.gone) == (len(other), [], [], [])


def a_line(**facts) -> dict:
    return {
        "code": "1.1.LQ.1", "title": "Phạm vi", "context": {"chương": ["Chương I", "CHUNG"]}, "src_article": "1",
        "body": "1. Luật này nói về thử.\n\n2. Theo khoản 1 Điều này.", "doc_type": "Luật", "doc_number": "5/2020/QH14",
        "doc_title": "Thử nghiệm", "doc_date": "12/06/2020", "issuer": "Quốc hội", "effective": "01/01/2021", **facts,
    }  # fmt: skip


def a_collection(path, *lines):
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return str(path)


def test_a_collection_becomes_laws_with_their_citations_and_again_changes_nothing(tmp_path):
    second = a_line(src_article="2", title="Công khai", body="Chữ về tặng quà.Điều 3. Minh bạch\n\nNội dung.")
    path = a_collection(tmp_path / "a.jsonl.gz", second, a_line())
    call_command("import_collection", path, stdout=StringIO(), stderr=StringIO())
    law = Document.objects.get()
    anchors = list(Passage.objects.order_by("position").values_list("anchor", flat=True))
    assert anchors == ["chuong-i", "dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-2", "dieu-3"]
    assert (law.title, law.number, str(law.issued_on)) == ("Luật Thử nghiệm", "5/2020/QH14", "2020-06-12")
    cited = law.citations.get(matched="khoản 1 Điều này")
    assert cited.target_passage.anchor == "dieu-1.khoan-1"
    assert [hit.passage.anchor for hit in search("tặng quà", who=["public"])] == ["dieu-2"]
    before = list(Passage.objects.values_list("pk", "uid"))
    call_command("import_collection", path, stdout=(out := StringIO()), stderr=StringIO())
    assert "0 documents new or changed, 1 as before" in out.getvalue()
    assert list(Passage.objects.values_list("pk", "uid")) == before


@pytest.mark.parametrize(
    "line",
    [
        {"title": 7}, a_line(doc_date="hôm qua"), a_line(title="", body="", src_article=""),
        a_line(doc_number="", doc_title="", code=""), [],
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_imported(tmp_path, line):
    path = a_collection(tmp_path / "a.jsonl.gz", a_line(), line)
    with pytest.raises(CommandError, match="2"):
        call_command("import_collection", path, stdout=StringIO(), stderr=StringIO())
    assert not Document.objects.exists()


def test_a_cut_archive_is_named_and_nothing_is_imported(tmp_path):
    path = a_collection(tmp_path / "a.jsonl.gz", *[a_line(src_article=str(n), body="x" * n) for n in range(1, 300)])
    (tmp_path / "b.jsonl.gz").write_bytes((tmp_path / "a.jsonl.gz").read_bytes()[:-20])
    with pytest.raises(CommandError):
        call_command("import_collection", str(tmp_path / "b.jsonl.gz"), stdout=StringIO(), stderr=StringIO())
    assert not Document.objects.exists()
    assert path
