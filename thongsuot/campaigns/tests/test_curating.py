"""Laying a trail: what a step takes in, its order, and what becomes of it when others or the text move on."""

import pytest

from thongsuot.campaigns import curating
from thongsuot.campaigns.curating import Laid, MovedOn
from thongsuot.campaigns.models import TrailStep
from thongsuot.campaigns.testing import a_passage, a_small_city, an_issued_campaign
from thongsuot.campaigns.walking import CHANGED, WITHDRAWN, walk
from thongsuot.journal.models import Record
from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Document
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, a_handbook, a_law
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW
from thongsuot.web.errors import Refused

WHO = {"by": None, "at": NOW}


@pytest.fixture
def units(db):
    return a_small_city()


@pytest.fixture
def topic(units):
    return an_issued_campaign(units["city"]).topics.first()


@pytest.fixture
def handbook(db):
    a_law()
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    return edition


def walked(topic, language="vi"):
    return walk(topic, seen=Document.objects.all(), language=language).stops


def names(topic):
    return [str(step.passage) for step in topic.steps.all()]


def three_steps(topic):
    return [curating.add_step(topic, a_passage(heading=name), **WHO) for name in ("Một", "Hai", "Ba")]


def version(topic):
    topic.refresh_from_db()
    return topic.trail_version


def test_who_does_not_direct_the_unit_lays_no_trail(units, topic) -> None:
    with pytest.raises(NotAllowed):
        curating.add_step(topic, a_passage(), by=a_person(officer=units["district"]), at=NOW)
    curating.add_step(topic, a_passage(), by=a_person(officer=units["city"]), at=NOW)
    assert topic.steps.count() == 1


def test_a_step_takes_in_all_that_stands_under_it(topic, handbook) -> None:
    curating.add_step(topic, handbook.passages.get(anchor="p1-c1-s1"), **WHO)
    [stop] = walked(topic)
    assert [piece.kind for piece in stop.pieces] == ["section", "paragraph", "paragraph", "plate"]
    assert (stop.page, len(stop.plates), stop.minutes) == ("5–6", 1, 1)


def test_several_passages_in_a_row_are_one_step(topic, handbook) -> None:
    first, last = (handbook.passages.get(anchor=f"p1-c1-s1-0{n}") for n in (1, 2))
    step = curating.add_step(topic, first, last=last, **WHO)
    assert [piece.anchor for piece in walked(topic)[0].pieces] == ["p1-c1-s1-01", "p1-c1-s1-02"]
    with pytest.raises(Refused, match="bước 1"):
        curating.add_step(topic, first, last=last, **WHO)
    with pytest.raises(Refused):
        curating.add_step(topic, last, last=first, **WHO)
    assert step.last == last


def test_an_article_comes_with_its_clauses_and_their_points(topic) -> None:
    law = a_law()
    curating.add_step(topic, law.editions.get(language="vi").passages.get(anchor="dieu-20"), **WHO)
    article, clause = walked(topic)[0].pieces
    assert (article.kind, clause.number, clause.points) == ("article", "2", ["a", "đ"])


def test_more_than_one_reads_in_a_sitting_is_no_step(topic, db) -> None:
    long = "# Phần\n## Chương\n### Mục\n" + "".join(f"<!-- id: x-{n} -->\nĐoạn {n}.\n" for n in range(70))
    edition = a_handbook(long)
    with pytest.raises(Refused, match="60"):
        curating.add_step(topic, edition.passages.get(kind="section"), **WHO)


def test_a_passage_read_in_english_is_the_same_place_in_vietnamese(topic, handbook) -> None:
    english = handbook.document.editions.get(language="en").passages.get(anchor="p1-c1-s1-02")
    step = curating.add_step(topic, english, introduction="Vì sao", introduction_en="Why", **WHO)
    assert step.passage.edition == handbook
    [stop] = walked(topic, "en")
    assert (stop.language, stop.other_language, "Officials act in the open" in stop.pieces[0].html) == (
        "en",
        "vi",
        True,
    )
    [stop] = walked(topic)
    assert (stop.language, stop.other_language) == ("vi", "en")


def test_a_place_without_english_is_read_in_vietnamese(topic, handbook) -> None:
    curating.add_step(topic, handbook.passages.get(anchor="p1-c2-01"), **WHO)
    [stop] = walked(topic, "en")
    assert (stop.language, stop.other_language) == ("vi", "")


@pytest.mark.parametrize(
    ("to", "order"),
    [("up", "Ba Một Hai"), ("top", "Ba Một Hai"), ("down", "Một Hai Ba"), ("bottom", "Một Hai Ba")],
)
def test_a_step_moves_by_one_or_to_an_end(topic, to, order) -> None:
    third = three_steps(topic)[2]
    if to == "up":
        curating.move_step(third, "up", version=version(topic), **WHO)
    curating.move_step(third, to, version=version(topic), **WHO)
    assert [name.split(". ")[1] for name in names(topic)] == order.split()


def test_two_curators_do_not_move_each_others_steps_unseen(topic) -> None:
    first, second, _third = three_steps(topic)
    seen = version(topic)
    curating.move_step(first, "down", version=seen, **WHO)
    with pytest.raises(MovedOn):
        curating.move_step(second, "bottom", version=seen, **WHO)
    with pytest.raises(MovedOn):
        curating.order_trail(topic, [first.uid, second.uid], version=version(topic), **WHO)


def test_all_steps_are_put_in_the_order_in_which_they_were_dragged(topic) -> None:
    steps = three_steps(topic)
    curating.order_trail(topic, [step.uid for step in reversed(steps)], version=version(topic), **WHO)
    assert list(topic.steps.all()) == steps[::-1]
    assert [step.order for step in topic.steps.all()] == [1, 2, 3]


def test_two_curators_do_not_write_over_each_other(topic) -> None:
    step = three_steps(topic)[0]
    seen = step.revision
    curating.reword_step(step, introduction="Của chị", introduction_en="Hers", revision=seen, **WHO)
    with pytest.raises(MovedOn):
        curating.reword_step(step, introduction="Của anh", introduction_en="", revision=seen, **WHO)
    step.refresh_from_db()
    assert (step.introduction, step.introduction_en) == ("Của chị", "Hers")


def test_what_is_taken_out_can_be_put_back_where_it_stood(topic) -> None:
    steps = three_steps(topic)
    curating.take_out(steps[1], **WHO)
    assert list(topic.steps.all()) == [steps[0], steps[2]]
    with pytest.raises(MovedOn):
        curating.move_step(steps[1], "up", version=version(topic), **WHO)
    curating.put_back(TrailStep.with_taken_out.get(pk=steps[1].pk), **WHO)
    assert list(topic.steps.all()) == steps


def test_a_passage_chosen_anew_meanwhile_is_not_put_back_twice(topic) -> None:
    step = three_steps(topic)[0]
    curating.take_out(step, **WHO)
    curating.add_step(topic, step.passage, **WHO)
    with pytest.raises(Refused):
        curating.put_back(TrailStep.with_taken_out.get(pk=step.pk), **WHO)


def test_a_text_that_changes_is_shown_until_the_curator_has_looked(topic, handbook) -> None:
    step = curating.add_step(topic, handbook.passages.get(anchor="p1-c1-s1"), **WHO)
    assert walked(topic)[0].state == ""
    load_handbook(handbook.document, HANDBOOK.replace("Hoà giải nội bộ", "Hoà giải ở tổ dân phố"), "vi")
    [stop] = walked(topic)
    assert (stop.state, "Hoà giải nội bộ" in stop.said, "tổ dân phố" in stop.says) == (CHANGED, True, True)
    curating.look_at(step, **WHO)
    assert walked(topic)[0].state == ""


def test_a_passage_that_a_new_text_no_longer_holds_stays_on_the_trail_and_says_so(topic, handbook) -> None:
    step = curating.add_step(topic, handbook.passages.get(anchor="p1-c1-s2"), introduction="Vì sao", **WHO)
    without = HANDBOOK.replace("### Dấu hiệu thứ hai\n", "").replace("p1-c1-s2-01", "p1-c1-s1-03")
    load_handbook(handbook.document, without, "vi")
    [stop] = walked(topic)
    assert (stop.state, stop.why) == (WITHDRAWN, "Vì sao")
    assert "Nhũng nhiễu là hành vi" in stop.pieces[0].html
    curating.replace_passage(step, handbook.passages.get(anchor="p1-c1-s1-03"), **WHO)
    [stop] = walked(topic)
    assert (stop.state, stop.why, "Nhũng nhiễu" in stop.pieces[0].html) == ("", "Vì sao", True)
    with pytest.raises(Refused):
        curating.add_step(topic, handbook.passages.get(anchor="p1-c1-s2", is_withdrawn=True), **WHO)


def test_a_trail_laid_anew_keeps_the_steps_that_stay(topic) -> None:
    one, two, three = (a_passage() for _n in range(3))
    before = curating.lay_trail(topic, [Laid(one, "a", "A"), Laid(two, "b", "B")], **WHO)
    after = curating.lay_trail(topic, [Laid(three, "c"), Laid(two, "b2", "B")], **WHO)
    assert [step.passage for step in topic.steps.all()] == [three, two]
    assert after[1] == before[1]
    assert list(topic.steps.values_list("introduction", "introduction_en")) == [("c", ""), ("b2", "B")]
    assert TrailStep.with_taken_out.filter(taken_out_at__isnull=False).get().passage == one


def test_each_change_leaves_a_line_that_names_the_step(topic, units) -> None:
    officer = a_person(officer=units["city"])
    who = {"by": officer, "at": NOW}
    step = curating.add_step(topic, a_passage(heading="Kê khai"), **who)
    curating.reword_step(step, introduction="Vì sao", introduction_en="", revision=0, **who)
    curating.take_out(step, **who)
    curating.put_back(step, **who)
    lines = Record.objects.filter(by=officer).order_by("pk")
    assert [line.verb for line in lines] == [
        curating.ADDED, curating.REWORDED, curating.TAKEN_OUT, curating.PUT_BACK,
    ]  # fmt: skip
    assert all("Kê khai" in " ".join(line.changes["step"]) for line in lines)
    assert all(line.unit == units["city"] for line in lines)
