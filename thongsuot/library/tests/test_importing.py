import pytest

from thongsuot.library.importing import load_handbook, load_outline
from thongsuot.library.models import Citation, Passage
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, LAW, a_document, a_handbook, a_law

pytestmark = pytest.mark.django_db


def test_a_handbook_becomes_parts_chapters_sections_and_passages_with_their_printed_pages():
    edition = a_handbook()
    rows = list(edition.passages.values_list("anchor", "kind", "parent__anchor", "printed_page"))
    assert rows == [
        ("p1", "part", None, ""),
        ("p1-c1", "chapter", "p1", "5"),
        ("p1-c1-s1", "section", "p1-c1", "5"),
        ("p1-c1-s1-01", "paragraph", "p1-c1-s1", "5"),
        ("p1-c1-s1-02", "paragraph", "p1-c1-s1", "6"),
        ("hinh-1", "plate", "p1-c1-s1", "6"),
        ("p1-c1-s2", "section", "p1-c1", "6"),
        ("p1-c1-s2-01", "paragraph", "p1-c1-s2", "6"),
        ("p1-c2", "chapter", "p1", "6"),
        ("p1-c2-01", "paragraph", "p1-c2", "6"),
    ]
    plate = edition.passages.get(anchor="hinh-1")
    assert (plate.label, plate.text, plate.picture) == ("Hình 1", "Ba dấu hiệu", "example/plates/none.svg")
    assert plate.alt == "Ba vòng tròn giao nhau"


def test_a_block_with_an_id_holds_its_list():
    text = a_handbook().passages.get(anchor="p1-c1-s1-01").text
    assert text.startswith("Tham nhũng là")
    assert text.endswith("- Hoà giải nội bộ")


def test_loading_again_keeps_the_identity_of_what_stays_and_withdraws_what_is_gone():
    edition = a_handbook()
    before = dict(edition.passages.values_list("anchor", "uid"))
    shorter = HANDBOOK.replace("<!-- id: p1-c2-01 -->", "<!-- id: p1-c2-new -->").replace("phiền hà", "phiền hà thêm")
    load_handbook(edition.document, shorter, "vi")
    after = dict(edition.passages.values_list("anchor", "uid"))
    assert {anchor: after[anchor] for anchor in before} == before
    assert list(edition.passages.filter(is_withdrawn=True).values_list("anchor", flat=True)) == ["p1-c2-01"]
    assert "phiền hà thêm" in edition.passages.get(anchor="p1-c1-s2-01").text


def test_two_passages_of_one_name_are_refused_before_anything_is_written():
    document = a_document()
    with pytest.raises(ValueError, match="p1-c1-s1-01"):
        load_handbook(document, HANDBOOK + "\n<!-- id: p1-c1-s1-01 -->\nLần nữa.\n", "vi")
    assert not Passage.objects.exists()


def test_an_outline_goes_down_to_the_point_in_both_languages():
    law = a_law()
    vietnamese, english = law.editions.get(language="vi"), law.editions.get(language="en")
    assert list(vietnamese.passages.values_list("anchor", "label")) == [
        ("chuong-i", "Chương I"),
        ("dieu-4", "Điều 4"),
        ("dieu-4.khoan-1", "Điều 4 khoản 1"),
        ("chuong-ii", "Chương II"),
        ("chuong-ii-muc-3", "Mục 3"),
        ("dieu-20", "Điều 20"),
        ("dieu-20.khoan-2", "Điều 20 khoản 2"),
        ("dieu-20.khoan-2.diem-a", "Điều 20 khoản 2 điểm a"),
        ("dieu-20.khoan-2.diem-đ", "Điều 20 khoản 2 điểm đ"),
    ]
    assert vietnamese.passages.get(anchor="dieu-20").parent.anchor == "chuong-ii-muc-3"
    assert english.passages.get(anchor="dieu-20").label == "Article 20"
    assert english.is_outline
    assert "not the text" in english.note


def test_references_of_the_handbook_lead_to_article_decree_plan_and_plate():
    law = a_law()
    decree = a_document("Nghị định", number="59/2019/NĐ-CP", issuer="Chính phủ")
    edition = a_handbook()
    found = {
        (citation.matched, citation.target_id, citation.target_passage and citation.target_passage.anchor)
        for citation in Citation.objects.filter(passage__edition=edition)
    }
    assert found == {
        ("khoản 2 Điều 20", law.pk, "dieu-20.khoan-2"),
        ("59/2019/NĐ-CP", decree.pk, None),
        ("147-KH/TU", None, None),
        ("Hình 1", edition.document_id, "hinh-1"),
        ("Điều 29", decree.pk, None),
        ("khoản 1 Điều 4", law.pk, "dieu-4.khoan-1"),
    }


def test_english_references_lead_to_the_english_outline():
    a_law()
    edition = load_handbook(a_document(), HANDBOOK_EN, "en")
    citation = Citation.objects.get(passage__edition=edition, anchor="dieu-20.khoan-2")
    assert citation.target_passage.edition.language == "en"


def test_a_reference_waits_for_its_document():
    edition = a_handbook()
    assert not Citation.objects.exclude(target=None).exclude(anchor="hinh-1").exists()
    law = a_law()
    citation = Citation.objects.get(passage__edition=edition, matched="khoản 2 Điều 20")
    assert (citation.target, citation.target_passage.anchor) == (law, "dieu-20.khoan-2")


def test_a_full_text_over_the_outline_keeps_every_citation():
    law = a_law()
    edition = a_handbook()
    uid = law.editions.get(language="vi").passages.get(anchor="dieu-20.khoan-2").uid
    full = {
        **LAW,
        "article": [{**a, "clauses": [{**c, "gist_vi": "Toàn văn."} for c in a["clauses"]]} for a in LAW["article"]],
    }
    load_outline(law, full)
    citation = Citation.objects.get(passage__edition=edition, matched="khoản 2 Điều 20")
    assert (citation.target_passage.uid, citation.target_passage.text) == (uid, "Toàn văn.")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Theo Điều 51 của Luật và Điều 20 của Nghị định 59.", ["36/2018/QH14", "59/2019/NĐ-CP"]),
        ("Nghị định 59, khoản 2 Điều 26 | Luật, khoản 1 Điều 14", ["59/2019/NĐ-CP", "36/2018/QH14"]),
        ("Điều 29, Điều 30 và Điều 31 Nghị định số 59/2019/NĐ-CP", ["59/2019/NĐ-CP"] * 3),
        ("trong hai mươi ngày (khoản 3 Điều 38). Theo Nghị định 59 thì khác.", ["36/2018/QH14"]),
        ("Article 26(2) of Decree 59 and Article 22 of the Law", ["59/2019/NĐ-CP", "36/2018/QH14"]),
        ("Điều 5 Luật số 58/2010/QH12", ["58/2010/QH12"]),
    ],
)
def test_an_article_belongs_to_the_document_named_beside_it(words, numbers):
    edition = a_handbook(
        f"## Một\n<!-- id: x -->\n{words}\n<!-- id: y -->\nNghị định 59/2019/NĐ-CP.\n<!-- law: 36/2018/QH14 -->"
    )
    found = Citation.objects.filter(passage__edition=edition, passage__anchor="x").exclude(anchor="")
    assert list(found.order_by("start").values_list("number", flat=True)) == numbers
