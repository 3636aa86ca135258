"""Mends of a text that stands: identity and citations stay, and the next import does them again."""

import random
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.journal.models import Record
from thongsuot.library import mending
from thongsuot.library.mending import CannotMend, mend, undo
from thongsuot.library.models import Citation, Document, Edition, Mend, Passage
from thongsuot.library.search import search
from thongsuot.library.testing import a_document
from thongsuot.units.testing import NOW

pytestmark = pytest.mark.django_db
PARAGRAPHS = [
    "Mỗi cán bộ kê khai tài sản trung thực và chịu trách nhiệm về bản kê khai.",
    "Mục hai: Công khai. Chi bộ công khai quỹ trên bảng tin hằng tháng để mọi đảng viên cùng biết.",
    "Nhân dân giám sát việc dùng tiền của chi bộ qua các buổi họp tổ dân phố.",
    "Đảng viên nêu gương trong gia đình, nơi ở và nơi làm việc.",
]


def text_of(paragraphs: list[str]) -> str:
    return "\n\n".join(["# Một", *paragraphs])


def imported(folder, paragraphs: list[str] = PARAGRAPHS) -> Edition:
    """The book with these paragraphs; again over what stands."""
    (folder / "sach.md").write_text(text_of(paragraphs), encoding="utf-8")
    standing = Document.objects.filter(title="Sách thử").first()
    options = {"into": standing.slug} if standing else {"title": "Sách thử", "public": True}
    call_command("import_document", str(folder / "sach.md"), stdout=StringIO(), **options)
    return Edition.objects.get(document__title="Sách thử")


def passage(edition: Edition, begins: str) -> Passage:
    return edition.passages.get(text__startswith=begins, is_withdrawn=False)


def shown(edition: Edition) -> list[tuple[str, str, str, str]]:
    rows = edition.passages.filter(is_withdrawn=False).select_related("parent").order_by("position")
    return [(row.kind, row.heading, row.text, row.parent.anchor if row.parent else "") for row in rows]


def cut_off(edition: Edition) -> Mend:
    values = {"cut": "Chi bộ công khai quỹ", "first": "section", "second": "paragraph"}
    return mend(passage(edition, "Mục hai"), "split", values, by=None, at=NOW)


def test_a_heading_cut_off_a_passage_leaves_its_identity_and_citations(tmp_path):
    edition = imported(tmp_path)
    body = passage(edition, "Mục hai")
    cited = Citation.objects.create(document=a_document(), matched="x", target=edition.document, target_passage=body)
    cut_off(edition)
    body.refresh_from_db()
    cited.refresh_from_db()
    assert body.text.startswith("Chi bộ công khai quỹ")
    assert cited.target_passage == body
    heading = edition.passages.get(kind="section")
    assert (heading.heading, body.parent, passage(edition, "Nhân dân").parent) == (
        "Mục hai: Công khai.",
        heading,
        heading,
    )


def test_a_mend_survives_the_next_import(tmp_path):
    edition = imported(tmp_path)
    cut_off(edition)
    before, uids = shown(edition), dict(edition.passages.values_list("text", "uid"))
    newer = ["Một đoạn mới hẳn chen vào đầu sách.", *PARAGRAPHS]
    newer[2] = newer[2].replace("hằng tháng", "hằng quý")
    after = shown(imported(tmp_path, newer))
    assert [row[:2] for row in after] == [before[0][:2], ("paragraph", ""), *[row[:2] for row in before[1:]]]
    assert "hằng quý" in after[4][2]
    assert dict(edition.passages.values_list("text", "uid"))[PARAGRAPHS[3]] == uids[PARAGRAPHS[3]]
    assert not Mend.objects.get().is_lost


def test_a_text_of_another_day_takes_over_the_mends_of_what_it_says_alike(tmp_path):
    first = imported(tmp_path)
    cut_off(first)
    mend(passage(first, "Đảng viên nêu gương"), "write", {"text": "Đảng viên nêu gương."}, by=None, at=NOW)
    lost = mend(passage(first, "Nhân dân"), "remove", {}, by=None, at=NOW)
    before = shown(first)
    newer = [*PARAGRAPHS[:2], "Nhân dân giám sát việc dùng tiền của chi bộ bằng hộp thư góp ý.", PARAGRAPHS[3]]
    (tmp_path / "sach.md").write_text(text_of(newer), encoding="utf-8")
    options = {"into": first.document.slug, "valid_from": "2024-01-01"}
    call_command("import_document", str(tmp_path / "sach.md"), stdout=StringIO(), **options)
    second = Edition.objects.get(valid_from="2024-01-01")
    assert [row[:3] for row in shown(second)] == [
        ("chapter", "Một", ""), ("paragraph", "", PARAGRAPHS[0]), ("section", "Mục hai: Công khai.", ""),
        ("paragraph", "", "Chi bộ công khai quỹ trên bảng tin hằng tháng để mọi đảng viên cùng biết."),
        ("paragraph", "", newer[2]), ("paragraph", "", "Đảng viên nêu gương."),
    ]  # fmt: skip
    assert [made.verb for made in second.mends.all()] == ["split", "write"]
    assert not second.mends.filter(said=lost.said).exists()
    # Each text has its own from now on.
    undo(second.mends.get(verb="write"), by=None, at=NOW)
    assert passage(second, PARAGRAPHS[3])
    assert shown(Edition.objects.get(pk=first.pk)) == before


def test_importing_the_same_again_changes_nothing_that_was_mended(tmp_path):
    edition = imported(tmp_path)
    cut_off(edition)
    mend(passage(edition, "Đảng viên"), "join", {}, by=None, at=NOW)
    before = list(
        edition.passages.values_list("uid", "anchor", "text", "position", "is_withdrawn", "parent").order_by("pk")
    )
    imported(tmp_path)
    assert (
        list(edition.passages.values_list("uid", "anchor", "text", "position", "is_withdrawn", "parent").order_by("pk"))
        == before
    )


def test_a_mend_whose_passage_is_gone_is_shown_as_lost_and_may_be_let_go(tmp_path):
    edition = imported(tmp_path)
    made = mend(passage(edition, "Nhân dân"), "kind", {"kind": "section"}, by=None, at=NOW)
    imported(tmp_path, [PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[3]])
    made.refresh_from_db()
    assert made.is_lost
    undo(made, by=None, at=NOW)
    assert shown(edition)[-1][2] == PARAGRAPHS[3]
    # It comes back with its passage only if nobody let it go.
    imported(tmp_path)
    assert passage(edition, "Nhân dân").kind == "paragraph"


def test_joined_passages_keep_those_who_cite_the_second(tmp_path, client):
    edition = imported(tmp_path)
    first, second = passage(edition, "Nhân dân"), passage(edition, "Đảng viên")
    cited = Citation.objects.create(document=a_document(), matched="x", target=edition.document, target_passage=second)
    made = mend(second, "join", {}, by=None, at=NOW)
    cited.refresh_from_db()
    second.refresh_from_db()
    assert (cited.target_passage, second.now_in, second.is_withdrawn) == (first, first, True)
    assert client.get(f"/library/passages/{second.uid}/").url == f"/library/passages/{first.uid}/"
    undo(made, by=None, at=NOW)
    second.refresh_from_db()
    assert (second.text, second.is_withdrawn, second.now_in) == (PARAGRAPHS[3], False, None)


def test_a_running_head_that_was_taken_out_stays_out(tmp_path):
    lines = [PARAGRAPHS[0], "Sổ tay", PARAGRAPHS[2]]
    edition = imported(tmp_path, lines)
    mend(passage(edition, "Sổ tay"), "remove", {}, by=None, at=NOW)
    imported(tmp_path, [*lines, PARAGRAPHS[3]])
    assert "Sổ tay" not in [row[2] for row in shown(edition)]


def test_a_doubt_that_was_found_right_is_not_asked_again(tmp_path):
    table = "| a | b |\n| --- | --- |\n" + "".join(f"| {n} | {n} |\n" for n in range(3))
    edition = imported(tmp_path, [PARAGRAPHS[0], f"![]()\n\n{table}"])
    assert [doubt.kind for doubt in mending.open_doubts(edition)] == ["caption", "picture"]
    plate = edition.passages.get(kind="plate")
    made = mend(plate, "right", {"doubt": "picture"}, by=None, at=NOW)
    assert [doubt.kind for doubt in mending.open_doubts(edition)] == ["caption"]
    undo(made, by=None, at=NOW)
    assert mending.open_doubts(edition).count() == 2
    plate.refresh_from_db()
    mend(plate, "write", {"text": "Bảng tin", "was_text": ""}, by=None, at=NOW)
    assert not mending.open_doubts(edition).exists(), "whoever wrote the caption has looked"


def test_a_later_mend_is_undone_before_the_one_it_rests_on(tmp_path):
    edition = imported(tmp_path)
    first = cut_off(edition)
    body = passage(edition, "Chi bộ công khai")
    second = mend(body, "write", {"text": "Viết lại.", "was_text": body.text}, by=None, at=NOW)
    with pytest.raises(CannotMend):
        undo(first, by=None, at=NOW)
    undo(second, by=None, at=NOW)
    undo(first, by=None, at=NOW)
    assert [row[2] for row in shown(edition)] == ["", *PARAGRAPHS]


def test_citations_search_and_journal_follow_a_mend(tmp_path):
    edition = imported(tmp_path)
    assert search("bầu cử quốc hội", who=["public"]) == []
    body = passage(edition, "Đảng viên")
    text = "Bầu cử quốc hội theo Kế hoạch số 147-KH/TU."
    mend(body, "write", {"text": text, "was_text": body.text}, by=None, at=NOW)
    assert Citation.objects.filter(passage=body, number="147-KH/TU").exists()
    mending.bring_up_to_date(edition)
    assert search("bầu cử quốc hội", who=["public"])[0].passage == body
    line = Record.objects.get(verb="words mended")
    assert line.changes["said"] == [PARAGRAPHS[3], text]


def test_a_passage_that_is_gone_cannot_be_mended(tmp_path):
    edition = imported(tmp_path)
    gone = passage(edition, "Đảng viên")
    mend(gone, "remove", {}, by=None, at=NOW)
    with pytest.raises(CannotMend):
        mend(gone, "kind", {"kind": "section"}, by=None, at=NOW)


MENDS = st.sampled_from(["section", "subsection", "remove", "join", "write", "split"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(MENDS, st.integers(0, 3)), min_size=1, max_size=4), st.randoms())
def test_any_mends_hold_in_a_changed_source_and_undone_the_source_stands_as_it_is(tmp_path, steps, chance):
    Document.objects.filter(title="Sách thử").delete()
    edition = imported(tmp_path)
    made = []
    for verb, place in steps:
        row = (
            edition.passages.filter(is_withdrawn=False, kind="paragraph")
            .order_by("position")[place : place + 1]
            .first()
        )
        if row is None:
            continue
        made.append(_mended(row, verb))
    kinds = [row[:2] for row in shown(edition)]
    # The source is corrected: a word in each paragraph, and one paragraph more at the end.
    newer = [_with_a_word_changed(text, chance) for text in PARAGRAPHS]
    imported(tmp_path, [*newer, "Một đoạn mới hẳn ở cuối sách, nói chuyện khác."])
    lost = Mend.objects.filter(is_lost=True).count()
    if not lost and all(one for one in made):
        assert [row[0] for row in shown(edition)][: len(kinds)] == [kind for kind, _heading in kinds]
    for one in reversed([one for one in made if one]):
        undo(one, by=None, at=NOW)
    assert [row[2] for row in shown(edition)][1:-1] == newer


def _mended(row: Passage, verb: str) -> Mend | None:
    try:
        if verb in ("section", "subsection"):
            return mend(row, "kind", {"kind": verb}, by=None, at=NOW)
        if verb == "write":
            return mend(row, "write", {"text": f"{row.text} Viết thêm.", "was_text": row.text}, by=None, at=NOW)
        if verb == "split":
            words = row.text.split()
            cut = " ".join(words[len(words) // 2 :])
            return mend(row, "split", {"cut": cut, "first": "section", "second": "paragraph"}, by=None, at=NOW)
        return mend(row, verb, {}, by=None, at=NOW)
    except CannotMend:
        return None


def _with_a_word_changed(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(2, len(words) - 1)] = "đổi"
    return " ".join(words)
