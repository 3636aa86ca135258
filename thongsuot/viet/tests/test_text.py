"""People find a text however it was typed, and lists stand as in a Vietnamese dictionary."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.viet.text import fold, given_name, name_sort_key, nfc, one_tone_placement, sort_key

SENTENCE = "Đường lối phòng, chống tham nhũng, tiêu cực của Đảng uỷ xã Hoà Ứng"


def test_marks_and_capitals_do_not_matter_when_searching() -> None:
    assert fold(SENTENCE) == "duong loi phong, chong tham nhung, tieu cuc cua dang uy xa hoa ung"
    assert fold(unicodedata.normalize("NFD", SENTENCE)) == fold(SENTENCE)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Z"]), max_size=40))
def test_folding_twice_changes_nothing_more(text) -> None:
    assert fold(fold(text)) == fold(text)


def test_offsets_stay_true_so_that_hits_can_be_marked() -> None:
    assert len(fold(SENTENCE)) == len(nfc(SENTENCE))


def test_text_is_kept_in_one_form_and_the_icelandic_letter_mended() -> None:
    assert nfc("Ðảng bộ và nguời ðứng đầu") == "Đảng bộ và nguời đứng đầu"
    assert nfc(unicodedata.normalize("NFD", "Quận uỷ")) == "Quận uỷ"


@pytest.mark.parametrize(
    ("newer", "older"),
    [("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy"), ("Khoẻ", "Khỏe"), ("loè", "lòe")],
)
def test_both_placements_of_the_tone_are_one(newer, older) -> None:
    assert one_tone_placement(newer) == one_tone_placement(older) == older


@pytest.mark.parametrize("word", ["quý", "Quỳnh", "hoàn", "toàn", "hòn", "quà"])
def test_words_whose_tone_has_one_place_stay(word) -> None:
    assert one_tone_placement(word) == word


def test_letters_come_before_tones_and_d_before_đ() -> None:
    words = ["đa", "da", "ă", "â", "a", "ơ", "ô", "o", "ư", "u", "ê", "e"]
    assert sorted(words, key=sort_key) == ["a", "ă", "â", "da", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư"]
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["Hoà An", "Hoa Yên", "Hoá Bình"], key=sort_key) == ["Hoà An", "Hoá Bình", "Hoa Yên"]


def test_a_short_word_comes_before_the_longer_one_and_numbers_by_their_size() -> None:
    assert sorted(["Chi bộ 10", "Chi bộ 2", "Chi bộ", "Chi bộ 02b"], key=sort_key) == [
        "Chi bộ", "Chi bộ 2", "Chi bộ 02b", "Chi bộ 10",
    ]  # fmt: skip
    assert sort_key("An") < sort_key("Ánh") < sort_key("Bình")


@given(st.text(max_size=30))
def test_a_key_is_digits_only_so_that_every_collation_agrees(text) -> None:
    assert set(sort_key(text)) <= set("0123456789")


def test_people_are_ordered_by_given_name() -> None:
    people = ["Trần Văn Bình", "Nguyễn Thị An", "Lê Đức Ánh", "Bùi Văn An", "Đỗ Chí Dũng", "Vũ Thu Đào"]
    assert sorted(people, key=name_sort_key) == [
        "Bùi Văn An", "Nguyễn Thị An", "Lê Đức Ánh", "Trần Văn Bình", "Đỗ Chí Dũng", "Vũ Thu Đào",
    ]  # fmt: skip
    assert (given_name("Bùi Huyền Mai"), given_name("")) == ("Mai", "")


def test_a_very_long_name_still_has_a_key_that_fits() -> None:
    assert len(name_sort_key("Nguyễn " * 200)) <= 400
