"""The words that templates use, and the parts that every list and form stands on."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from thongsuot.web import charts, slots
from thongsuot.web.paging import paged
from thongsuot.web.templatetags.web import in_language, number, paragraphs, share_of


@pytest.mark.parametrize(("language", "written"), [("vi", "1.234.567"), ("en", "1,234,567")])
def test_a_number_is_grouped_as_the_language_does(language, written):
    with override(language):
        assert number(1234567) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (12, 15, "12/15 · 80,0 %"),
        (2999, 3000, "2.999/3.000 · 99,9 %"),
        (99999, 100000, "99.999/100.000 · 99,9 %"),
        (15, 15, "15/15 · 100,0 %"),
        (0, 15, "0/15 · 0,0 %"),
        (0, 0, "0/0"),
        (None, 7, "0/7"),
    ],
)
def test_a_share_shows_both_numbers_and_never_rounds_up_to_all(part, whole, written):
    with override("vi"):
        assert share_of(part, whole) == written


def test_a_title_falls_back_to_vietnamese():
    both = SimpleNamespace(title="Kế hoạch", title_en="Plan")
    only = SimpleNamespace(title="Kế hoạch", title_en="")
    with override("en"):
        assert (in_language(both, "title"), in_language(only, "title")) == ("Plan", "Kế hoạch")
    with override("vi"):
        assert in_language(both, "title") == "Kế hoạch"


def test_plain_text_becomes_escaped_paragraphs():
    assert paragraphs("Một <b>\r\nhai\n\nba") == "<p>Một &lt;b&gt;<br>hai</p><p>ba</p>"


def test_a_slot_shows_what_rooms_above_have_to_say(rf):
    slots.fill("web.tests", lambda subject, request: f"<p>{subject}</p>")
    slots.fill("web.tests", lambda subject, request: None)
    template = Template('{% slot "web.tests" subject %}{% slot "web.tests.empty" subject %}')
    assert template.render(Context({"subject": "An", "request": rf.get("/")})) == "<p>An</p>"


@pytest.mark.parametrize(("asked", "got"), [("2", 2), ("99", 3), ("x", 1), ("-1", 3), ("", 1)])
def test_a_page_out_of_range_shows_the_nearest_and_keeps_the_query(asked, got):
    page = paged(RequestFactory().get("/", {"page": asked, "q": "chi bộ"}), range(25), per=10)
    assert (page.number, page.query) == (got, "q=chi+b%E1%BB%99")


def test_charts_escape_their_labels():
    bad = "<script>"
    drawn = [
        charts.bars([(bad, 1, 2)], title=bad),
        charts.timeline([(bad, 3)], title=bad),
        charts.progress_ring(1, 2, title=bad),
        charts.stacked({"done": 1}, title=bad, labels={"done": bad}),
    ]
    assert [bad in each or "&lt;script&gt;" not in each for each in drawn] == [False] * 4


def test_charts_of_nothing_are_drawn_too():
    for drawn in (
        charts.bars([], title=""),
        charts.bars([("a", 0, 0)], title=""),
        charts.timeline([], title=""),
        charts.progress_ring(0, 0, title=""),
        charts.stacked({}, title=""),
    ):
        assert "class=" in drawn


def test_a_ring_says_all_only_of_all():
    assert "99 %" in charts.progress_ring(999, 1000, title="")
    assert "100 %" in charts.progress_ring(1000, 1000, title="")
