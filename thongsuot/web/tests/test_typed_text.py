"""What people type is kept in one spelling, whatever browser and keyboard sent it."""

import unicodedata

from django.http import HttpResponse

from thongsuot.web.middleware import TypedTextMiddleware


def test_lines_and_marks_come_in_as_they_are_kept(rf):
    request = rf.post("/", {"words": [unicodedata.normalize("NFD", "Việc một\r\nviệc hai"), "ba"]})
    TypedTextMiddleware(lambda _request: HttpResponse())(request)
    assert request.POST.getlist("words") == ["Việc một\nviệc hai", "ba"]


def test_an_upload_comes_through(rf, tmp_path):
    (file := tmp_path / "a.txt").write_bytes(b"a\r\nb")
    with file.open("rb") as opened:
        request = rf.post("/", {"title": "Một\r\nhai", "file": opened})
    TypedTextMiddleware(lambda _request: HttpResponse())(request)
    assert (request.POST["title"], request.FILES["file"].read()) == ("Một\nhai", b"a\r\nb")


def test_signs_that_nobody_types_are_left_out_of_what_is_sent_and_asked(rf):
    for request in (
        rf.post("/", {"words": "\x00Hai\x0b\x1f\x7f\ufffe từ\t\r\nba"}),
        rf.get("/", {"words": "Hai từ\x00\t\nba"}),
    ):
        TypedTextMiddleware(lambda _request: HttpResponse())(request)
        assert (request.POST or request.GET)["words"] == "Hai từ\t\nba"
