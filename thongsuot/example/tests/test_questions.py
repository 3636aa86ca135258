"""A recall question asks what the text says: neither the length of an option nor its place gives the answer away."""

from collections import Counter

import pytest

from thongsuot.example import content

QUESTIONS = content.toml("questions.toml")["question"]
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


def lengths(question: dict, language: str) -> tuple[int, list[int]]:
    """Of the right option, and of the others."""
    sizes = [len(option) for option in question[f"options_{language}"]]
    return sizes.pop(question["right"]), sizes


@LANGUAGES
@pytest.mark.parametrize("most", [max, min], ids=["longest", "shortest"])
def test_length_tells_nothing(language, most):
    """By chance the right one of four is the longest in a quarter of the questions."""
    telling = [q["key"] for q in QUESTIONS for right, others in [lengths(q, language)] if most(right, *others) == right]
    alone = [
        q["key"] for q in QUESTIONS if q["key"] in telling and lengths(q, language)[0] not in lengths(q, language)[1]
    ]
    assert len(alone) <= 0.35 * len(QUESTIONS), alone
    if most is max:
        assert len(alone) >= 0.1 * len(QUESTIONS), "never the longest would tell as much"


@LANGUAGES
def test_no_right_option_stands_out_by_far(language):
    far = [q["key"] for q in QUESTIONS for right, others in [lengths(q, language)] if right > 1.4 * max(others)]
    assert far == []


def test_the_place_tells_nothing():
    places = Counter(question["right"] for question in QUESTIONS)
    assert all(0.15 <= places[place] / len(QUESTIONS) <= 0.35 for place in range(4)), places


@LANGUAGES
def test_every_question_has_four_different_options(language):
    assert [q["key"] for q in QUESTIONS if len(set(q[f"options_{language}"])) != 4] == []
