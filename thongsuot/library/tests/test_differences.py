"""Two texts compared: every passage finds its partner, every word is either kept, added or taken away."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.library.differences import ADDED, CHANGED, MOVED, REMOVED, SAME, Old, compare, word_runs


def clause(number: int, text: str, article: int = 1) -> Old:
    return Old("clause", f"dieu-{article}.khoan-{number}", f"Điều {article} khoản {number}", "", text)


def article(number: int, heading: str, text: str = "") -> Old:
    return Old("article", f"dieu-{number}", f"Điều {number}", heading, text)


def kinds(before, after) -> list[tuple[str, str]]:
    return [(change.kind, change.piece.anchor) for change in compare(before, after).changes]


def test_words_that_came_and_went_are_marked_and_the_rest_is_kept():
    runs = word_runs("Thời hạn là 05 ngày làm việc.", "Thời hạn là 10 ngày làm việc, kể từ ngày nhận đơn.")
    assert [(run.words.strip(), run.change) for run in runs] == [
        ("Thời hạn là", ""), ("05", REMOVED), ("10", ADDED), ("ngày làm việc", ""),
        (", kể từ ngày nhận đơn", ADDED), (".", ""),
    ]  # fmt: skip


def test_a_sentence_written_anew_is_shown_whole_not_as_a_mosaic():
    runs = word_runs("Người dân có quyền tố cáo.", "Cơ quan báo cáo Quốc hội hằng năm về kết quả đã làm.")
    assert [run.change for run in runs] == [REMOVED, ADDED]


def test_a_clause_put_in_between_moves_those_after_it_and_changes_none():
    before = [article(1, "Nguyên tắc"), clause(1, "Công khai."), clause(2, "Minh bạch trong mọi việc.")]
    after = [article(1, "Nguyên tắc"), clause(1, "Công khai."), clause(2, "Kịp thời."), clause(3, before[2].text)]
    assert kinds(before, after) == [
        (SAME, "dieu-1"), (SAME, "dieu-1.khoan-1"), (ADDED, "dieu-1.khoan-2"), (MOVED, "dieu-1.khoan-3"),
    ]  # fmt: skip


def test_an_article_written_anew_is_still_that_article():
    before = [article(7, "Hội đồng", "Hội đồng có chín người."), article(8, "Thi hành", "Có hiệu lực.")]
    after = [article(7, "Quỹ", "Tiền được gửi tại kho bạc."), article(8, "Thi hành", "Có hiệu lực.")]
    assert kinds(before, after) == [(CHANGED, "dieu-7"), (SAME, "dieu-8")]


def test_what_is_gone_stands_where_it_stood():
    before = [article(1, "Một"), article(2, "Hai"), article(3, "Ba")]
    assert kinds(before, [before[0], before[2]]) == [(SAME, "dieu-1"), (REMOVED, "dieu-2"), (SAME, "dieu-3")]


def test_paragraphs_of_a_book_are_known_by_what_they_say():
    def paragraph(n, text):
        return Old("paragraph", f"c1-{n:02}", "", "", text)

    before = [paragraph(1, "Mở đầu của cuốn sách này."), paragraph(2, "Tham nhũng là lạm dụng chức vụ để vụ lợi.")]
    after = [
        paragraph(1, "Một đoạn hoàn toàn mới."), paragraph(2, "Mở đầu của cuốn sách này."),
        paragraph(3, "Tham nhũng là lạm dụng chức vụ, quyền hạn để vụ lợi."),
    ]  # fmt: skip
    assert [kind for kind, _anchor in kinds(before, after)] == [ADDED, SAME, CHANGED]


def test_the_summary_names_each_changed_article_once():
    before = [article(1, "Một"), clause(1, "Cũ."), clause(2, "Cũ nữa."), article(2, "Hai")]
    after = [article(1, "Một"), clause(1, "Mới hẳn."), clause(2, "Mới nữa hẳn."), article(2, "Hai")]
    difference = compare(before, after)
    assert [group.heading.anchor for group in difference.changed_groups()] == ["dieu-1"]
    assert not difference.is_empty
    assert compare(before, before).is_empty


texts = st.text(alphabet="abđộ ,.\n", max_size=60)


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_the_runs_give_back_both_texts_word_for_word(before, after):
    runs = word_runs(before, after)
    assert "".join(run.words for run in runs if run.change != REMOVED).split() == after.split()
    removed_and_kept = "".join(run.words for run in runs if run.change != ADDED)
    assert "".join(removed_and_kept.split()) == "".join(before.split())


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=12), st.lists(texts, max_size=12))
def test_no_passage_is_lost_and_none_is_counted_twice(old, new):
    before = [clause(n, text) for n, text in enumerate(old, 1)]
    after = [clause(n, text) for n, text in enumerate(new, 1)]
    changes = compare(before, after).changes
    assert [change.after for change in changes if change.after] == after
    assert sorted(change.before.anchor for change in changes if change.before) == sorted(p.anchor for p in before)


def test_a_book_of_thousands_of_passages_is_compared_at_once():
    before = [Old("paragraph", f"c-{n}", "", "", f"Đoạn số {n} nói về việc thứ {n * 7}.") for n in range(9000)]
    after = [*before[:4000], Old("paragraph", "c-x", "", "", "Đoạn mới."), *before[4001:]]
    begun = time.perf_counter()
    difference = compare(before, after)
    assert difference.counts == {SAME: 8999, ADDED: 1, REMOVED: 1}
    assert time.perf_counter() - begun < 5
