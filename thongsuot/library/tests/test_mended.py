"""A mend of drafts: done to the text that stands, and found again in every newer one; undone it leaves no trace."""

import copy
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.library.formats.drafts import Draft
from thongsuot.library.mended import JOIN, KIND, REMOVE, SPLIT, WRITE, Change, NotFound, Wish, apply, revert, said_by

WORDS = (
    "công", "khai", "minh", "bạch", "tài", "sản", "cán", "bộ", "đảng", "viên", "chi", "nhân", "dân", "giám", "sát",
    "trách", "nhiệm", "kỷ", "luật", "học", "tập",
)  # fmt: skip


def sentence(seed: int, words: int = 14) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(words)).capitalize() + f" {seed}."


def a_book() -> list[Draft]:
    return [
        Draft("chapter", "c1", heading="Chương một"),
        Draft("section", "c1-s1", "c1", heading="Mục một"),
        Draft("paragraph", "c1-s1-01", "c1-s1", text=sentence(1)),
        Draft("paragraph", "c1-s1-02", "c1-s1", text=f"Mục hai lẫn vào. {sentence(2)}"),
        Draft("paragraph", "c1-s1-03", "c1-s1", text=sentence(3)),
        Draft("chapter", "c2", heading="Chương hai"),
        Draft("paragraph", "c2-01", "c2", text=sentence(4)),
    ]


def wish(drafts: list[Draft], place: int, verb: str, **values: str) -> Wish:
    draft = drafts[place]
    return Wish(verb, draft.anchor, draft.kind, said_by(draft), values, place)


def tree(drafts: list[Draft]) -> list[tuple[str, str, str]]:
    return [(draft.kind, said_by(draft)[:16], draft.parent) for draft in drafts]


def test_a_heading_that_ran_into_a_line_is_cut_off_and_what_follows_stands_below_it():
    drafts = a_book()
    cut = drafts[3].text.removeprefix("Mục hai lẫn vào. ")
    found, _change = apply(drafts, wish(drafts, 3, SPLIT, cut=cut, first="section", second="paragraph"))
    assert tree(drafts)[3:6] == [
        ("section", "Mục hai lẫn vào.", "c1"),
        ("paragraph", sentence(2)[:16], "c1-s1-02-b"),
        ("paragraph", sentence(3)[:16], "c1-s1-02-b"),
    ]
    assert found.anchor == "c1-s1-02", "whoever cites the passage cites its body"
    assert drafts[6].parent == "", "the next chapter is not touched"


def test_what_was_taken_for_a_heading_gives_its_passages_back():
    drafts = a_book()
    apply(drafts, wish(drafts, 1, KIND, kind="paragraph"))
    assert tree(drafts)[1:5] == [
        ("paragraph", "Mục một", "c1"),
        *[("paragraph", said_by(draft)[:16], "c1") for draft in drafts[2:5]],
    ]


def test_a_line_that_opens_an_article_takes_its_number_as_name_and_address():
    drafts = [
        Draft("article", "dieu-1", label="Điều 1", heading="Một", text="Chữ."),
        Draft("paragraph", "dau-01", text="Điều 2. Đối tượng áp dụng"),
        Draft("paragraph", "dau-02", text="1. Cán bộ."),
    ]
    apply(drafts, wish(drafts, 1, KIND, kind="article"))
    apply(drafts, wish(drafts, 2, KIND, kind="clause"))
    assert [(d.anchor, d.label, d.heading, d.text, d.parent) for d in drafts[1:]] == [
        ("dieu-2", "Điều 2", "Đối tượng áp dụng", "", ""),
        ("dieu-2.khoan-1", "Điều 2 khoản 1", "", "Cán bộ.", "dieu-2"),
    ]


def test_joined_with_a_heading_words_go_on_with_the_heading():
    drafts = a_book()
    drafts[6].text = "tiếp theo của đầu đề"
    _found, change = apply(drafts, wish(drafts, 6, JOIN))
    assert drafts[5].heading == "Chương hai tiếp theo của đầu đề"
    assert change.joined == {"c2-01": "c2"}


def test_a_changed_source_keeps_its_own_corrections_beside_the_mend():
    drafts = a_book()
    was = sentence(1)
    made = wish(drafts, 2, WRITE, text=was.replace(" 1.", " một."), was_text=was)
    newer = a_book()
    first = was.split()[0]
    newer[2].text = was.replace(first, f"{first} hẳn hoi", 1)
    apply(newer, made)
    assert newer[2].text == was.replace(first, f"{first} hẳn hoi", 1).replace(" 1.", " một.")


def test_a_mend_whose_words_the_source_changed_itself_is_lost_rather_than_guessed():
    drafts = a_book()
    was = sentence(1)
    made = wish(drafts, 2, WRITE, text=was.replace(" 1.", " một."), was_text=was)
    newer = a_book()
    newer[2].text = was.replace(" 1.", " thứ nhất.")
    with pytest.raises(NotFound):
        apply(newer, made)
    assert newer[2].text == was.replace(" 1.", " thứ nhất.")


def test_what_the_source_mended_itself_is_no_loss():
    drafts = a_book()
    made = wish(drafts, 2, WRITE, text="Một câu đã viết lại hoàn toàn khác.", was_text=drafts[2].text)
    newer = a_book()
    newer[2].text = "Một câu đã viết lại hoàn toàn khác."
    before = copy.deepcopy(newer)
    found, change = apply(newer, made)
    assert (found, newer) == (None, before)
    assert not change.touches()


def test_of_the_same_words_on_every_page_the_nearest_goes():
    drafts = [Draft("paragraph", f"p-{n}", text="Sổ tay" if n % 2 else sentence(n)) for n in range(10)]
    made = wish(drafts, 5, REMOVE)
    newer = [Draft("paragraph", f"q-{n}", text=draft.text) for n, draft in enumerate(drafts)]
    apply(newer, made)
    assert [draft.anchor for draft in newer if draft.text == "Sổ tay"] == ["q-1", "q-3", "q-7", "q-9"]


VERBS = st.sampled_from(
    [
        (WRITE, {"text": "Viết lại."}),
        (KIND, {"kind": "section"}),
        (KIND, {"kind": "chapter"}),
        (KIND, {"kind": "paragraph"}),
        (KIND, {"kind": "article"}),
        (KIND, {"kind": "clause"}),
        (SPLIT, {"cut": "", "first": "subsection", "second": "paragraph"}),
        (SPLIT, {"cut": "", "first": "paragraph", "second": "clause"}),
        (JOIN, {}),
        (REMOVE, {}),
    ]
)


def is_a_tree(drafts: list[Draft]) -> bool:
    """Each name once, and whoever stands above came before."""
    before = {""}
    for draft in drafts:
        if draft.parent not in before or draft.anchor in before:
            return False
        before.add(draft.anchor)
    return True


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), VERBS), min_size=1, max_size=5))
def test_whatever_is_mended_stays_a_tree_and_undone_it_is_as_before(steps):
    drafts = a_book()
    history: list[tuple[list[Draft], Change]] = []
    for place, (verb, values) in steps:
        if place >= len(drafts):
            continue
        words = said_by(drafts[place]).split()
        if verb == SPLIT:
            values = {**values, "cut": " ".join(words[len(words) // 2 :])}
        before = copy.deepcopy(drafts)
        try:
            _found, change = apply(drafts, wish(drafts, place, verb, **values))
        except NotFound:
            assert drafts == before
            continue
        assert is_a_tree(drafts)
        history.append((before, change))
    for before, change in reversed(history):
        revert(drafts, change.__dict__)
        assert drafts == before


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(0, 3), st.booleans(), st.randoms())
def test_mends_find_their_passages_in_a_changed_source(place, added, shuffled_words, chance):
    """Passages come in before, a word changes in each, addresses count on: the mend still meets its passage."""
    drafts = a_book()
    made = wish(drafts, place, KIND, kind="section")
    newer = [Draft("paragraph", f"neu-{n}", text=sentence(100 + n)) for n in range(added)] + a_book()
    for n, draft in enumerate(newer):
        draft.anchor = f"x-{n}"
        draft.parent = ""
        if shuffled_words and len(words := draft.text.split()) > 8:
            words[chance.randrange(len(words))] = "khác"
            draft.text = " ".join(words)
    expected = newer[place + added]
    apply(newer, made)
    assert expected.kind == "section"
    assert sum(draft.kind == "section" for draft in newer) == 2
