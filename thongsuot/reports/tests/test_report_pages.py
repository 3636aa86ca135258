"""Pages of reports for each who uses them: begun, written, sent, decided, opened, taken away."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from thongsuot.learning.testing import a_finished_check, a_topic
from thongsuot.ledger.folding import fold_all
from thongsuot.meetings.testing import a_closed_meeting, members, record
from thongsuot.people.testing import a_person
from thongsuot.reports import sending
from thongsuot.reports.lines import LINES
from thongsuot.reports.models import Report, Snapshot
from thongsuot.reports.testing import START, WORDS, a_report, a_sent_report
from thongsuot.units.models import Hierarchy
from thongsuot.units.testing import NOW, TODAY, a_unit

PERIOD = {"period_from": START.isoformat(), "period_to": TODAY.isoformat()}


@pytest.fixture
def sign_in(client):
    def as_(**office):
        client.force_login(a_person(**office).account)
        return client

    return as_


def shown(client, where, **query) -> str:
    response = client.get(where, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_head_begins_writes_and_sends(sign_in, units, campaign, url) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=6)
    fold_all()
    client = sign_in(head=units["committee_a"])
    begin = {"campaign": campaign.pk, "unit": units["committee_a"].pk, **PERIOD}
    for _twice in range(2):
        begun = client.post(url("report_create"), begin)
    report = Report.objects.get()
    there = url("report_detail", report.uid)
    assert begun.url == there
    assert "6/6" in shown(client, there)
    assert client.post(url("report_submit", report.uid)).url == there
    report.refresh_from_db()
    assert report.state == "draft", "without the head's words it does not go up"
    assert client.post(url("report_edit", report.uid), WORDS).url == there
    for _twice in range(2):
        assert client.post(url("report_submit", report.uid), follow=True).status_code == 200
    report.refresh_from_db()
    assert (report.state, Snapshot.objects.count()) == ("submitted", 1)
    assert Snapshot.objects.get().sha256 in shown(client, there)
    assert client.get(url("report_edit", report.uid)).url == there
    assert client.post(url("report_edit", report.uid), {**WORDS, "limits": "Không"}).status_code == 422


def test_a_period_that_ends_before_it_begins_is_said_at_the_field(sign_in, units, campaign, url) -> None:
    client = sign_in(head=units["committee_a"])
    wrong = {"period_from": TODAY.isoformat(), "period_to": START.isoformat()}
    begin = {"campaign": campaign.pk, "unit": units["committee_a"].pk}
    response = client.post(url("report_create"), begin | wrong)
    assert (response.status_code, 'class="error"' in response.content.decode()) == (422, True)
    # Neither another's unit nor nonsense begins a report.
    for broken in ({"unit": units["committee_b"].pk}, {"period_to": "32/13/2023"}):
        assert client.post(url("report_create"), begin | PERIOD | broken).status_code == 422
    assert not Report.objects.exists()


def test_the_level_above_returns_with_a_reason_and_accepts(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    there = url("report_detail", report.uid)
    client = sign_in(head=units["district"])
    assert url("report_accept", report.uid) in shown(client, there)
    client.post(url("report_return", report.uid), {"reason": " "})
    report.refresh_from_db()
    assert report.state == "submitted"
    client.post(url("report_return", report.uid), {"reason": "Nói rõ vì sao chậm."})
    assert "Nói rõ vì sao chậm." in shown(client, there)
    sending.submit(report, by=None, on=TODAY, at=NOW + timedelta(hours=1))
    for _twice in range(2):
        assert client.post(url("report_accept", report.uid)).url == there
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_draft_is_its_units_own(sign_in, units, campaign, url) -> None:
    report = a_report(campaign, units["committee_a"])
    pages = ["report_detail", "report_docx", "report_xlsx"]
    for office, status in (
        ({"head": units["committee_a"]}, 200),
        ({"member_of": units["committee_a"]}, 200),
        ({"head": units["district"]}, 404),
        ({"auditor": units["city"]}, 404),
        ({"head": units["committee_b"]}, 404),
        ({"head": units["cell_a1"]}, 404),
    ):
        client = sign_in(**office)
        assert [client.get(url(name, report.uid)).status_code for name in pages] == [status] * 3, office


def test_what_came_back_is_rewritten_in_private(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    sending.return_report(report, "Thiếu nguyên nhân.", by=None, at=NOW)
    sending.keep_words(report, {"limits": "Chữ đang viết dở"}, by=None, at=NOW)
    there = url("report_detail", report.uid)
    assert "Chữ đang viết dở" in shown(sign_in(head=units["committee_a"]), there)
    above = shown(sign_in(head=units["district"]), there)
    assert (WORDS["limits"] in above, "Chữ đang viết dở" in above) == (True, False)


def test_only_who_directs_writes_and_only_who_is_above_decides(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    for office in ({"clerk": units["committee_a"]}, {"head": units["committee_a"]}, {"auditor": units["district"]}):
        client = sign_in(**office)
        page = shown(client, url("report_detail", report.uid))
        assert url("report_accept", report.uid) not in page
        client.post(url("report_accept", report.uid))
        client.post(url("report_return", report.uid), {"reason": "Không được"})
    report.refresh_from_db()
    assert report.state == "submitted"
    assert sign_in(clerk=units["committee_a"]).get(url("report_create")).status_code == 200


def test_the_list_is_filtered_and_holds_my_reach(sign_in, units, campaign, url) -> None:
    a_sent_report(campaign, units["committee_a"])
    sending.accept(a_sent_report(campaign, units["committee_b"]), by=None, at=NOW)
    client = sign_in(head=units["district"])
    for query, a, b in (
        ({}, True, True),
        ({"state": "submitted"}, True, False),
        ({"state": "accepted"}, False, True),
        ({"state": "returned"}, False, False),
        ({"state": "nonsense", "q": "dang bo b"}, False, True),
    ):
        page = shown(client, url("report_list"), **query)
        assert (">Đảng bộ A<" in page, ">Đảng bộ B<" in page) == (a, b), query
    assert ">Đảng bộ A<" not in shown(sign_in(head=units["committee_b"]), url("report_list"))


def test_a_report_opens_for_the_cell_without_a_way_to_units_out_of_reach(sign_in, units, campaign, url) -> None:
    client = sign_in(head=units["committee_a"])
    page = shown(client, url("report_detail", a_sent_report(campaign, units["committee_a"]).uid))
    ways = [url("dashboard", campaign.uid, units[name].uid) for name in ("city", "district", "committee_a")]
    assert [way in page for way in ways] == [False, False, True]
    assert "Quận uỷ Thử Nghiệm" in page


def test_the_silent_below_are_named_only_to_who_sees_them(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    for office, named in (({"head": units["committee_a"]}, True), ({"clerk": units["committee_a"]}, False)):
        client = sign_in(**office)
        assert ("Chi bộ A1" in shown(client, url("report_detail", report.uid))) is named
        assert ("Chi bộ A1" in _text(client.get(url("report_docx", report.uid)).content)) is named
        rows = _sheets(client.get(url("report_xlsx", report.uid)).content)["Chưa ghi nhận"]
        assert (["Chi bộ A1"] in rows) is named


@pytest.mark.parametrize("sent", [False, True])
def test_every_figure_opens_down_to_entries_that_add_up_to_it(sign_in, units, campaign, url, sent) -> None:
    people = members(units["cell_a1"], 6)
    first = a_closed_meeting(units["cell_a1"], campaign=campaign, present=people, spoke=True)
    a_closed_meeting(units["cell_a2"], campaign=campaign, present=5, on=TODAY - timedelta(days=20))
    # Attended before the period: counts among the people, not among its attendances.
    a_closed_meeting(units["cell_a2"], campaign=campaign, present=5, on=START - timedelta(days=2))
    topic = a_topic(campaign)
    for person in people:
        a_finished_check(person, topic, units["cell_a1"])
    report = (a_sent_report if sent else a_report)(campaign, units["committee_a"])
    if sent:
        record(first, absent=people[:2], at=NOW + timedelta(hours=1))
        fold_all()
    client = sign_in(head=units["committee_a"])
    figures = {f.code: f for f in client.get(url("report_detail", report.uid)).context["figures"]}
    assert (figures["R05"].value, figures["R06"].value, figures["R12"].value) == (11, 11, 6)
    for code, figure in figures.items():
        context = client.get(url("report_figure", report.uid, code)).context
        assert context["sum"] == figure.value, code
        parts = [c.amount for c in context["causes"]] if "causes" in context else [g[2] for g in context["groups"]]
        assert sum(parts) == figure.value, code
    assert client.get(url("report_figure", report.uid, "nonsense")).status_code == 404


def test_a_correction_after_sending_shows_with_its_entries(sign_in, units, campaign, url) -> None:
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=6)
    report = a_sent_report(campaign, units["committee_a"])
    client = sign_in(head=units["district"])
    assert client.get(url("report_detail", report.uid)).context["corrections"] == []
    record(meeting, absent=[meeting.register.first().person], at=NOW + timedelta(hours=1))
    fold_all()
    page = client.get(url("report_detail", report.uid))
    changed = {was.code: (was.value, now.value) for was, now in page.context["corrections"]}
    assert (changed["R05"], changed["R06"]) == ((6, 5), (6, 5))
    assert "6/6 · 100,0 % → 5/6 · 83,3 %" in page.content.decode()
    since = client.get(url("report_figure", report.uid, "R05")).context["since"]
    assert [(cause.amount, cause.url) for cause in since] == [
        (-1, reverse("meetings:meeting_detail", args=[meeting.uid]))
    ]


def test_a_denominator_that_changed_alone_is_a_correction_and_a_handful_tells_nothing(
    sign_in, units, campaign, url
) -> None:  # fmt: skip
    people = members(units["cell_a1"], 4)
    meeting = a_closed_meeting(units["cell_a1"], campaign=campaign, present=people[:3])
    report = a_sent_report(campaign, units["cell_a1"])
    record(meeting, absent=people[:1], at=NOW + timedelta(hours=1))
    fold_all()
    changed = {
        was.code: (was.shown, now.shown)
        for was, now in sign_in(head=units["committee_a"]).get(url("report_detail", report.uid)).context["corrections"]
    }
    # Nobody spoke before or since, but of fewer attendances.
    assert (changed["R10"], "R06" in changed) == (("0/3 · 0,0 %", "0/2 · 0,0 %"), False)


def _text(data: bytes) -> str:
    paper = Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    feet = [line.text for section in paper.sections for line in section.footer.paragraphs]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells, *feet]).replace("\xa0", " ")


def _sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_paper_is_vietnamese_and_holds_figures_words_and_hash(sign_in, units, campaign, url, language) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=6)
    report = a_sent_report(campaign, units["committee_a"])
    client = sign_in(head=units["committee_a"])
    response = client.get(url("report_docx", report.uid), headers={"accept-language": language})
    text = _text(response.content)
    for words in (
        "BÁO CÁO", "01-BC/ĐU", "Lượt người dự", "6/6 · 100,0 %", WORDS["limits"], "Chi bộ A2",
        "kết quả thực hiện đợt sinh hoạt thử", "Số liệu chốt lúc 09:00 ngày 15/05/2023",
        report.snapshots.get().sha256, f"Thực hiện Kế hoạch số {campaign.directive.number}",
    ):  # fmt: skip
        assert words in text, words
    assert "Dự thảo" not in text
    assert response["Content-Disposition"] == 'attachment; filename="bao-cao-2023-05-15.docx"'


@pytest.mark.parametrize(
    ("system", "head", "not_head"),
    [("party", "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA"), ("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG")],
)
def test_the_paper_has_the_layout_of_its_system(sign_in, units, campaign, url, system, head, not_head) -> None:
    Hierarchy.objects.update(paper_system=system)
    report = a_sent_report(campaign, units["committee_a"])
    client = sign_in(head=units["committee_a"])
    text = _text(client.get(url("report_docx", report.uid)).content)
    assert (head in text, not_head in text, "Đảng bộ A".upper() in text.upper()) == (True, False, True)


def test_a_draft_on_paper_says_so(sign_in, units, campaign, url) -> None:
    report = a_report(campaign, units["committee_a"])
    client = sign_in(head=units["committee_a"])
    text = _text(client.get(url("report_docx", report.uid)).content)
    assert ("DỰ THẢO" in text.upper(), "SHA-256" in text) == (True, False)


def test_the_workbook_holds_numbers_and_no_handful_of_people(sign_in, units, campaign, url) -> None:
    a_closed_meeting(units["cell_a1"], campaign=campaign, present=4)
    report = a_sent_report(campaign, units["committee_a"])
    sheets = _sheets(sign_in(head=units["committee_a"]).get(url("report_xlsx", report.uid)).content)
    figures = {row[0]: row[1:4] for row in sheets["Số liệu"][1:]}
    assert len(figures) == len(LINES)
    assert (figures["R05"], figures["R06"][1:]) == (["Lượt người dự", 4.0, 4.0], ["dưới 5 người", ""])
    assert sheets["Theo cấp"][1] == ["Chi bộ trực thuộc", 1.0, 1.0, 4.0]
    met = {row[0]: row[2:] for row in sheets["Yêu cầu"][1:]}
    assert met["Việc meeting"] == [0.0, 1.0, 0.0, 0.0, 1.0, 0.0]
    assert ["Chi bộ A2"] in sheets["Chưa ghi nhận"]
    assert ["Mã chốt SHA-256", report.snapshots.get().sha256] in sheets["Thông tin"]


def test_a_copy_frozen_by_an_earlier_version_still_opens(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["committee_a"])
    body = report.snapshots.get().body
    del body["levels"]
    for line in body["asked"]:
        del line["uid"], line["requirement_en"]
        line["more"] = "of a later version"
    for figure in body["figures"]:
        del figure["is_small"]
    Snapshot.objects.update(body=body)
    client = sign_in(head=units["committee_a"])
    for name in ("report_detail", "report_docx", "report_xlsx"):
        assert client.get(url(name, report.uid)).status_code == 200
    # It is another body than the one that was frozen, and says so.
    assert "đã bị sửa sau khi chốt" in shown(client, url("report_detail", report.uid))


def test_the_top_signs_and_freezes_for_nobody_is_above(sign_in, units, campaign, url) -> None:
    report = a_sent_report(campaign, units["city"])
    page = shown(sign_in(head=units["city"]), url("report_detail", report.uid))
    assert ("đã ký, đã chốt số liệu" in page, "chờ xem xét" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_more_rows(
    sign_in, units, campaign, url, rows, django_assert_max_num_queries
) -> None:  # fmt: skip
    for n in range(rows):
        cell = a_unit(f"Chi bộ thêm {n}", under=units["committee_a"])
        a_closed_meeting(cell, campaign=campaign, present=3)
        a_sent_report(campaign, cell)
    report = a_sent_report(campaign, units["committee_a"])
    client = sign_in(head=units["district"])
    for where, most in (
        (url("report_list"), 12),
        (url("report_detail", report.uid), 23),
        (url("report_figure", report.uid, "R05"), 19),
        (url("report_xlsx", report.uid), 10),
        (url("report_docx", report.uid), 16),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(where).status_code == 200
