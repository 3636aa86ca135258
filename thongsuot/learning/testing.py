"""Builders for tests: topics with trails and questions, members who read, answer and reflect."""

from itertools import count

from thongsuot.campaigns.curating import Laid, lay_trail
from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.campaigns.testing import a_document, a_passage
from thongsuot.learning import checking, reading, reflecting
from thongsuot.learning.models import Check, Question, Reflection
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY

_numbers = count(1)
RIGHT = 2


def a_trail(topic: Topic, *, passages: int = 2, is_public: bool = True) -> Topic:
    """Passages to read, each with a line that says why."""
    document = a_document(is_public=is_public)
    steps = [Laid(a_passage(document), f"Vì sao đọc đoạn {n}") for n in range(passages)]
    lay_trail(topic, steps, by=None, at=NOW)
    return topic


def a_question(topic: Topic) -> Question:
    n = next(_numbers)
    return Question.objects.create(
        topic=topic,
        passage=a_passage(),
        text=f"Câu hỏi {n}?",
        text_en=f"Question {n}?",
        options=[f"Sai {n}a", f"Sai {n}b", f"Đúng {n}", f"Sai {n}c"],
        options_en=[f"Wrong {n}a", f"Wrong {n}b", f"Right {n}", f"Wrong {n}c"],
        right=RIGHT,
        explanation=f"Giải thích {n}.",
    )


def a_topic(campaign: Campaign, number: int = 1, *, questions: int = 6, passages: int = 2) -> Topic:
    """A core content with a trail and a bank of questions."""
    topic = a_trail(campaign.topics.get(number=number), passages=passages)
    for _n in range(questions):
        a_question(topic)
    return topic


def has_read(person: Person, topic: Topic, unit: Unit) -> None:
    reading.mark_read(topic, person, unit=unit, on=TODAY, by=None, at=NOW)


def a_finished_check(person: Person, topic: Topic, unit: Unit, *, right: int = 4) -> Check:
    """Five questions, so many of them answered right."""
    check = checking.draw(topic, person=person, unit=unit, by=None, at=NOW)
    answers = {str(pk): RIGHT if n < right else 0 for n, (pk, _order) in enumerate(check.questions)}
    return checking.finish(check, answers, by=None, at=NOW)


def a_reflection(person: Person, campaign: Campaign, unit: Unit, words: str = "") -> Reflection:
    text = words or f"Bài của {person} số {next(_numbers)}"
    return reflecting.hand_in(
        campaign, person=person, unit=unit, useful=text, my_work=text, will_do=text, by=None, on=TODAY, at=NOW
    )
