"""How much of a plan is copied from the plan above."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.campaigns.likeness import likeness, marked

ABOVE = "Tổ chức học tập nghiêm túc, thường xuyên, rộng khắp đến từng chi bộ. Báo cáo kết quả về Ban Tuyên giáo."
OWN = "Chi bộ Chợ liên hệ việc thu phí gian hàng với khoản 2 của cuốn sách vào tối thứ tư."


def test_a_copied_plan_is_all_alike_and_an_own_one_not_at_all() -> None:
    assert (likeness(ABOVE, ABOVE), likeness(OWN, ABOVE), likeness("", ABOVE), likeness(OWN, "")) == (
        1.0,
        0.0,
        0.0,
        0.0,
    )


def test_marks_and_capitals_hide_nothing() -> None:
    assert likeness("TO CHUC HOC TAP NGHIEM TUC, THUONG XUYEN, RONG KHAP", ABOVE) == 1.0


def test_half_copied_is_half_alike() -> None:
    assert 0.4 < likeness(ABOVE + "\n" + OWN, ABOVE) < 0.7


def test_copied_sentences_are_marked() -> None:
    pieces = marked(ABOVE + " " + OWN, ABOVE)
    assert [piece.is_copied for piece in pieces] == [True, True, False]


@given(st.text(), st.text())
def test_a_share_lies_between_nothing_and_all_and_no_text_is_lost(text: str, above: str) -> None:
    assert 0 <= likeness(text, above) <= 1
    assert "".join(piece.text for piece in marked(text, above)) == text
