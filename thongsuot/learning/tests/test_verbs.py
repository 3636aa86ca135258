"""Reading, checking and reflecting: what counts, once, and for whom."""

import pytest

from thongsuot.campaigns.models import Obligation
from thongsuot.learning import checking, reading, reflecting
from thongsuot.learning.models import Question
from thongsuot.learning.published import understanding
from thongsuot.learning.testing import RIGHT, a_finished_check, a_reflection, has_read
from thongsuot.learning.understanding import of_units
from thongsuot.ledger.models import Entry
from thongsuot.people.models import Membership
from thongsuot.people.rights import NotAllowed
from thongsuot.people.testing import a_person, members
from thongsuot.units.testing import NOW, TODAY


def counted(measure):
    return sum(Entry.objects.filter(measure=measure).values_list("amount", flat=True))


def owed(campaign, unit, kind):
    return Obligation.objects.get(requirement__campaign=campaign, requirement__kind=kind, unit=unit)


def test_reading_is_counted_once(units, topic) -> None:
    member = a_person(member_of=units["cell_a1"])
    for _twice in range(2):
        reading.mark_read(topic, member, unit=units["cell_a1"], on=TODAY, by=member, at=NOW)
    assert (counted("reading_done"), topic.readings.count()) == (1, 1)


def test_the_clerk_notes_a_reading_and_a_stranger_does_not(units, topic) -> None:
    cell = units["cell_a1"]
    member, clerk, stranger = a_person(member_of=cell), a_person(clerk=cell), a_person(member_of=cell)
    with pytest.raises(NotAllowed):
        reading.mark_read(topic, member, unit=cell, on=TODAY, by=stranger, at=NOW)
    noted = reading.mark_read(topic, member, unit=cell, on=TODAY, by=clerk, at=NOW)
    assert noted.recorded_by == clerk


def test_the_first_reader_begins_the_cells_duty_and_half_of_all_meet_it(units, campaign, topic) -> None:
    cell = units["cell_a1"]
    people = members(cell, 4)
    has_read(people[0], topic, cell)
    assert (owed(campaign, cell, "reading").began_on, owed(campaign, cell, "reading").fulfilled_on) == (TODAY, None)
    for number in (1, 2, 3):
        for person in people[:2]:
            has_read(person, campaign.topics.get(number=number), cell)
    assert owed(campaign, cell, "reading").fulfilled_on == TODAY


def test_when_members_leave_the_next_reader_meets_the_duty(units, campaign, topic) -> None:
    cell = units["cell_a1"]
    people = members(cell, 8)
    for number in (1, 2, 3):
        for person in people[:3]:
            has_read(person, campaign.topics.get(number=number), cell)
    assert owed(campaign, cell, "reading").fulfilled_on is None
    Membership.objects.filter(person__in=people[5:]).update(valid_to=TODAY)
    has_read(people[3], topic, cell)
    assert owed(campaign, cell, "reading").fulfilled_on == TODAY


def test_a_check_keeps_the_score_and_forgets_the_answers(units, topic) -> None:
    person = a_person(member_of=units["cell_a1"])
    check = a_finished_check(person, topic, units["cell_a1"], right=3)
    check.refresh_from_db()
    assert (check.right, check.asked, check.answers) == (3, 5, {})
    assert (counted("check_taken"), counted("check_right"), counted("check_asked")) == (1, 3, 5)


def test_practising_again_counts_for_nobodys_figures(units, topic) -> None:
    person = a_person(member_of=units["cell_a1"])
    a_finished_check(person, topic, units["cell_a1"], right=1)
    a_finished_check(person, topic, units["cell_a1"], right=5)
    assert (counted("check_taken"), counted("check_right")) == (1, 1)


def test_a_check_sent_twice_stands_as_it_was(units, topic) -> None:
    person = a_person(member_of=units["cell_a1"])
    check = a_finished_check(person, topic, units["cell_a1"], right=2)
    with pytest.raises(checking.AlreadyFinished):
        checking.finish(check, {str(pk): RIGHT for pk, _order in check.questions}, by=person, at=NOW)
    check.refresh_from_db()
    assert check.right == 2


def test_an_open_check_is_taken_up_again_and_options_are_all_there(units, topic) -> None:
    person, cell = a_person(member_of=units["cell_a1"]), units["cell_a1"]
    first = checking.draw(topic, person=person, unit=cell, by=person, at=NOW)
    again = checking.draw(topic, person=person, unit=cell, by=person, at=NOW)
    asked = checking.asked_in(first)
    assert (again.pk, len(asked), sorted(index for index, _text in asked[0].options)) == (first.pk, 5, [0, 1, 2, 3])
    assert asked[0].right == asked[0].question.options[RIGHT]


def test_without_questions_there_is_a_sentence(units, topic) -> None:
    Question.objects.update(retired_at=NOW)
    with pytest.raises(checking.NothingToAsk):
        checking.draw(topic, person=a_person(member_of=units["cell_a1"]), unit=units["cell_a1"], by=None, at=NOW)


def test_a_group_shows_from_five_people_up(units, campaign, topic) -> None:
    cell = units["cell_a1"]
    people = members(cell, 5)
    for person in people[:4]:
        a_finished_check(person, topic, cell)
    few = of_units(campaign, [cell.pk])[0]
    assert (few.people, few.right, few.asked) == (4, None, None)
    assert understanding(campaign.slug) == []  # not public
    campaign.is_public = True
    campaign.save()
    assert [row.is_suppressed for row in understanding(campaign.slug)] == [True, True, True]
    a_finished_check(people[4], topic, cell, right=5)
    enough = of_units(campaign, [cell.pk])[0]
    assert (enough.people, enough.right, enough.asked) == (5, 21, 25)
    assert [(row.people, row.right) for row in understanding(campaign.slug)] == [(5, 21), (None, None), (None, None)]


def test_a_reflection_is_counted_once_and_stays_when_accepted(units, campaign) -> None:
    cell = units["cell_a1"]
    member, head = a_person(member_of=cell), a_person(head=cell)
    first = a_reflection(member, campaign, cell)
    second = a_reflection(member, campaign, cell, "Viết lại cho rõ hơn.")
    assert (first.pk, counted("reflection_handed_in")) == (second.pk, 1)
    for _twice in range(2):
        reflecting.accept(second, by=head, at=NOW)
    assert counted("reflection_accepted") == 1
    with pytest.raises(reflecting.ReflectionIncomplete):
        a_reflection(member, campaign, cell)


def test_nobody_accepts_their_own_reflection(units, campaign) -> None:
    head = a_person(member_of=units["cell_a1"], head=units["cell_a1"])
    reflection = a_reflection(head, campaign, units["cell_a1"])
    with pytest.raises(reflecting.ReflectionIncomplete):
        reflecting.accept(reflection, by=head, at=NOW)


def test_likeness_is_a_share_of_ones_own_text(units, campaign) -> None:
    cell = units["cell_a1"]
    words = "Tôi hiểu rõ hơn trách nhiệm nêu gương của người đứng đầu trong phòng chống tiêu cực."
    a_reflection(a_person(member_of=cell), campaign, cell, words)
    alike = a_reflection(a_person(member_of=cell), campaign, cell, words)
    own = a_reflection(a_person(member_of=cell), campaign, cell, "Công khai quỹ của tổ dân phố ngay tại bảng tin.")
    assert (reflecting.likeness_to_others(alike), reflecting.likeness_to_others(own) < 0.2) == (1.0, True)
