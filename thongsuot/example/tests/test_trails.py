"""The example's trails lead through texts that stand in its library, in both languages, with plates on the way."""

import pytest

from thongsuot.campaigns.models import Topic
from thongsuot.campaigns.walking import walk
from thongsuot.example import content
from thongsuot.example.testing import the_example
from thongsuot.library.models import Document

STEPS = content.toml("trails.toml")["step"]


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    with the_example(django_db_blocker):
        yield


def test_every_step_says_why_in_both_languages_in_one_line() -> None:
    assert [s["anchor"] for s in STEPS if not all(0 < len(s[f"intro_{each}"]) <= 200 for each in ("vi", "en"))] == []
    for language in ("vi", "en"):
        assert len({step[f"intro_{language}"] for step in STEPS}) == len(STEPS)


@pytest.mark.usefixtures("example")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_step_is_lost_and_each_can_be_read_in_both_languages(language) -> None:
    for topic in Topic.objects.all():
        trail = walk(topic, seen=Document.objects.filter(is_public=True), language=language)
        assert len(trail.stops) == sum(step["topic"] == topic.number for step in STEPS)
        assert 10 <= len(trail.stops) <= 15
        assert trail.plates >= 2
        assert {stop.language for stop in trail.stops} == {language}
        assert all(stop.pieces and not stop.state and not stop.more for stop in trail.stops)
        assert all(piece.picture for stop in trail.stops for piece in stop.plates)
