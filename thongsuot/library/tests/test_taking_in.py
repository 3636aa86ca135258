"""A file on its way in: read, asked about, put in; cancelled and killed at any moment it leaves nothing behind."""

import os
from datetime import date

import pytest

from thongsuot.journal.models import Record
from thongsuot.library import taking_in
from thongsuot.library.formats.apart import Stopped
from thongsuot.library.formats.drafts import CannotRead
from thongsuot.library.models import Citation, Document, Edition, Import, Passage
from thongsuot.library.taking_in import Wanted, answer, cancel, carry_out, take_in, take_up_left, try_again
from thongsuot.library.testing import a_document, a_handbook, a_law
from thongsuot.people.models import Person
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city

pytestmark = pytest.mark.django_db
State = Import.State
BOOK = "# Một\n\nĐoạn thứ nhất nói về công khai.\n\nĐoạn thứ hai nói về minh bạch tài sản.\n"
LAW = "LUẬT\nPHÒNG, CHỐNG THAM NHŨNG\nSố: 36/2018/QH14   Ngày 20/11/2018\nĐiều 1. Một\nHai.\n"
LAW += "Điều 2. Hai\nBa.\nĐiều 4. Bốn\n1. Chữ.\n"


@pytest.fixture
def keeper() -> Person:
    """The officer of the city: she keeps the whole library."""
    return a_person(officer=a_small_city()["city"])


def sent(folder, text: str = BOOK, *, by=None, name: str = "sach.md", **wanted) -> Import:
    (folder / name).write_text(text, encoding="utf-8")
    return take_in(folder / name, name, Wanted(is_public=True, **wanted), by=by, at=NOW)


def state_of(order: Import) -> str:
    order.refresh_from_db()
    return order.state


def test_a_file_that_is_like_no_other_goes_straight_in(tmp_path, keeper):
    order = sent(tmp_path, title="Sách thử", by=keeper)
    carry_out(order)
    assert state_of(order) == State.DONE
    assert (order.document.title, order.edition.passages.count()) == ("Sách thử", 3)
    assert order.found["kinds"] == {"paragraph": 2, "chapter": 1}
    assert order.counts == {"fresh": 3, "same": 0, "changed": 0, "gone": 0}
    assert list(Record.objects.filter(by=keeper).order_by("pk").values_list("verb", flat=True)) == [
        "sent for import",
        "text imported",
    ]
    assert not taking_in.folder_of(order).exists()


def test_carrying_out_twice_does_it_once(tmp_path, keeper):
    order = sent(tmp_path, by=keeper)
    carry_out(order)
    assert carry_out(order) is None
    assert Document.objects.count() == 1


def test_what_is_no_text_is_refused_before_it_is_kept(tmp_path, keeper):
    (tmp_path / "a.docx").write_bytes(b"hello")
    with pytest.raises(CannotRead):
        take_in(tmp_path / "a.docx", "a.docx", Wanted(), by=keeper, at=NOW)
    assert not Import.objects.exists()


def test_what_its_reader_refuses_says_why_and_leaves_nothing(tmp_path, keeper):
    order = sent(tmp_path, "<!DOCTYPE html [<!ENTITY a 'b'>]><html>&a;</html>", name="a.html", by=keeper)
    carry_out(order)
    assert (state_of(order), order.refusal) == (State.FAILED, "entities")
    assert "XML" in order.why_not
    assert not Document.objects.exists()


def test_a_number_that_stands_already_is_asked_about_and_nothing_is_replaced(tmp_path, keeper):
    law = a_law()
    before = set(Passage.objects.values_list("uid", "text"))
    order = sent(tmp_path, LAW, name="luat.txt", by=keeper)
    carry_out(order)
    assert (state_of(order), order.like, order.like_by) == (State.ASKING, law, "number")
    # Issuer, number and date name a document: it can be no other one.
    assert order.found["answers"] == ["newer"]
    assert set(Passage.objects.values_list("uid", "text")) == before


def test_answered_as_a_newer_text_an_outline_becomes_the_text_and_keeps_every_citation(tmp_path, keeper):
    law, handbook = a_law(), a_handbook()
    cited = Citation.objects.get(passage__edition=handbook, anchor="dieu-4.khoan-1").target_passage
    order = sent(tmp_path, LAW, name="luat.txt", by=keeper)
    carry_out(order)
    answer(order, "newer", by=keeper, at=NOW)
    order.refresh_from_db()
    carry_out(order)
    assert (state_of(order), order.document) == (State.DONE, law)
    still = Citation.objects.get(passage__edition=handbook, anchor="dieu-4.khoan-1").target_passage
    assert (still.uid, still.text) == (cited.uid, "Chữ.")
    assert not law.editions.get(language="vi").is_outline


def test_a_title_that_stands_already_may_be_another_book(tmp_path, keeper):
    standing = a_document("Sổ tay đảng viên", kind="book")
    for chosen, documents in (("newer", 1), ("own", 2)):
        order = sent(tmp_path, title="Sổ tay Đảng viên", by=keeper)
        carry_out(order)
        assert (state_of(order), order.like_by) == (State.ASKING, "title")
        answer(order, chosen, by=keeper, at=NOW)
        order.refresh_from_db()
        carry_out(order)
        assert state_of(order) == State.DONE
        assert Document.objects.count() == documents
    assert standing.editions.exists()


def test_part_one_is_not_taken_for_part_two(tmp_path, keeper):
    a_document("Sổ tay đảng viên, tập 1", kind="book")
    order = sent(tmp_path, title="Sổ tay đảng viên, tập 2", by=keeper)
    carry_out(order)
    assert state_of(order) == State.DONE


def test_a_document_that_others_keep_is_not_replaced(tmp_path):
    units = a_small_city()
    officer = a_person(officer=units["district"])
    law = a_law()  # of the whole library
    order = sent(tmp_path, LAW, name="luat.txt", by=officer, unit=units["district"])
    carry_out(order)
    assert (state_of(order), order.refusal) == (State.FAILED, "stands-already")
    assert law.editions.get(language="vi").is_outline


def nothing_of_it_stays(order: Import) -> bool:
    """But the order itself and the file that was sent."""
    return not Document.objects.exists() and not Edition.objects.exists() and not taking_in.folder_of(order).exists()


def test_cancelled_before_it_begins_it_never_does(tmp_path, keeper):
    order = sent(tmp_path, by=keeper)
    cancel(order, by=keeper, at=NOW)
    assert carry_out(order) is None
    assert state_of(order) == State.CANCELLED
    assert nothing_of_it_stays(order)
    assert Record.objects.filter(verb="import cancelled", by=keeper).count() == 1


def test_cancelled_while_it_is_read_its_reader_is_stopped(tmp_path, keeper, monkeypatch):
    order = sent(tmp_path, by=keeper)
    heard = []

    def read(path, folder, name, *, told):
        heard.append(told(10))
        cancel(order, by=keeper, at=NOW)
        monkeypatch.setattr(taking_in, "monotonic", lambda: 1e9)  # the next word counts
        if not told(20):
            raise Stopped
        raise AssertionError("nobody told the reader to stop")

    monkeypatch.setattr(taking_in, "read_apart", read)
    carry_out(order)
    assert heard == [True]
    assert state_of(order) == State.CANCELLED
    assert nothing_of_it_stays(order)


def test_cancelled_while_it_is_put_in_the_whole_of_it_is_taken_back(tmp_path, keeper, monkeypatch):
    order = sent(tmp_path, by=keeper)
    load = taking_in.load_reading

    def cancelled_meanwhile(*args, **more):
        loaded = load(*args, **more)
        Import.objects.filter(pk=order.pk).update(state=State.CANCELLED)
        return loaded

    monkeypatch.setattr(taking_in, "load_reading", cancelled_meanwhile)
    assert carry_out(order) is None
    assert not Document.objects.exists()
    assert not Edition.objects.exists()


def test_what_ended_cannot_be_cancelled(tmp_path, keeper):
    order = sent(tmp_path, by=keeper)
    carry_out(order)
    with pytest.raises(taking_in.CannotTake):
        cancel(order, by=keeper, at=NOW)
    assert Document.objects.count() == 1


def test_cancelled_it_may_be_begun_again(tmp_path, keeper):
    order = sent(tmp_path, by=keeper)
    cancel(order, by=keeper, at=NOW)
    try_again(order, by=keeper, at=NOW)
    order.refresh_from_db()
    carry_out(order)
    assert state_of(order) == State.DONE


@pytest.mark.parametrize("state", [State.READING, State.LOADING])
def test_an_import_whose_worker_was_killed_is_taken_up_and_done(tmp_path, keeper, state):
    order = sent(tmp_path, by=keeper)
    # As a worker leaves it that was killed in the middle: begun, and silent.
    Import.objects.filter(pk=order.pk).update(state=state)
    heart = taking_in._heart_of(order)
    heart.parent.mkdir(parents=True)
    heart.touch()
    assert take_up_left() == 0, "it may be at work still"
    os.utime(heart, (1, 1))
    assert take_up_left() == 1
    order.refresh_from_db()
    carry_out(order)
    assert state_of(order) == State.DONE
    assert Document.objects.count() == 1


def test_a_worker_that_was_given_up_and_wakes_writes_nothing(tmp_path, keeper, monkeypatch):
    order = sent(tmp_path, by=keeper)
    load = taking_in.load_reading

    def overtaken(*args, **more):
        """While it was asleep another one began anew."""
        loaded = load(*args, **more)
        Import.objects.filter(pk=order.pk).update(attempt=order.attempt + 1)
        return loaded

    monkeypatch.setattr(taking_in, "load_reading", overtaken)
    assert carry_out(order) is None
    assert not Document.objects.exists()


def test_a_file_that_kills_every_worker_is_not_tried_for_ever(tmp_path, keeper):
    order = sent(tmp_path, by=keeper)
    for _time in range(taking_in.MOST_ATTEMPTS + 1):
        Import.objects.filter(pk=order.pk).update(state=State.READING)
        take_up_left()
    assert (state_of(order), order.refusal) == (State.FAILED, "worker-gone")


def test_an_answer_does_not_cost_the_reading_again(tmp_path, keeper, monkeypatch):
    a_law()
    order = sent(tmp_path, LAW, name="luat.txt", by=keeper)
    carry_out(order)
    answer(order, "newer", by=keeper, at=NOW)
    monkeypatch.setattr(taking_in, "read_apart", None)
    order.refresh_from_db()
    carry_out(order)
    assert state_of(order) == State.DONE


def test_the_outcome_tells_what_is_new_changed_and_gone(tmp_path, keeper):
    first = sent(tmp_path, title="Sách thử", by=keeper)
    carry_out(first)
    first.refresh_from_db()
    newer = BOOK.replace("công khai.", "công khai và dân chủ.")
    newer = newer.replace("Đoạn thứ hai nói về minh bạch tài sản.", "Mới hẳn.")
    order = sent(tmp_path, newer, by=keeper, into=first.document)
    carry_out(order)
    order.refresh_from_db()
    assert order.counts == {"fresh": 1, "same": 1, "changed": 1, "gone": 1}
    [[uid, before]] = order.outcome["changed_ones"]
    assert before == "Đoạn thứ nhất nói về công khai."
    assert Passage.objects.get(uid=uid).text == "Đoạn thứ nhất nói về công khai và dân chủ."


def test_a_further_day_stands_beside_the_older_text(tmp_path, keeper):
    first = sent(tmp_path, title="Sách thử", by=keeper)
    carry_out(first)
    first.refresh_from_db()
    order = sent(tmp_path, BOOK, by=keeper, into=first.document, valid_from=date(2024, 1, 1))
    carry_out(order)
    assert first.document.editions.count() == 2


def test_a_list_of_pages_that_does_not_fit_is_said_with_its_line(tmp_path, keeper):
    order = sent(tmp_path, by=keeper, page_map="trang;chữ\n5;không có chữ này\n".encode())
    carry_out(order)
    assert (state_of(order), order.refusal) == (State.FAILED, "page-map")
    assert "2" in order.why_not
    assert not Document.objects.exists()


def test_what_nobody_foresaw_is_told_and_kept_for_whoever_runs_the_system(tmp_path, keeper, monkeypatch):
    order = sent(tmp_path, by=keeper)
    monkeypatch.setattr(taking_in, "load_reading", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        carry_out(order)
    assert (state_of(order), order.refusal) == (State.FAILED, "unexpected")
    assert not Document.objects.exists()
