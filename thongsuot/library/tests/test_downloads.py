"""The page of downloads: whoever may read a text may have it, made once, and anew when the text changes."""

import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thongsuot.library.copies import asking, making, ordering, subjects
from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Copy, Edition
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, a_document, a_handbook, a_law
from thongsuot.people.testing import a_person
from thongsuot.units.testing import a_small_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    cache.clear()


def page_of(edition: Edition) -> str:
    return reverse("library:downloads", args=[edition.document.slug])


def asked(client, edition: Edition, kind: str = "epub", language: str = "vi") -> Copy:
    response = client.post(page_of(edition), {"kind": kind, "language": language})
    assert response.status_code == 302
    return Copy.objects.filter(key=f"edition:{edition.uid}", kind=kind).latest("asked_at")


def had(client, edition: Edition, kind: str = "epub") -> Copy:
    """Asked for and made, as the worker does it."""
    copy = asked(client, edition, kind)
    making.make_copy.func(str(copy.uid))
    copy.refresh_from_db()
    return copy


def file_of(copy: Copy) -> str:
    return reverse("library:copy_file", args=[copy.uid])


def test_anyone_may_have_a_public_text_without_a_cookie(client):
    edition = a_handbook()
    copy = had(client, edition)
    page = client.get(page_of(edition))
    assert file_of(copy) in page.content.decode()
    assert not client.cookies
    response = client.get(file_of(copy))
    data = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/epub+zip"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(data) == copy.size
    copy.path.with_suffix(".check").write_bytes(data)
    assert zipfile.ZipFile(copy.path.with_suffix(".check")).testzip() is None


def test_it_is_made_once_however_often_it_is_asked_for(client, django_capture_on_commit_callbacks):
    edition = a_handbook()
    with django_capture_on_commit_callbacks(execute=True):
        asked(client, edition)
        asked(client, edition)
    assert DBTaskResult.objects.count() == 1
    assert DBTaskResult.objects.get().queue_name == "long"
    copy = had(client, edition)
    asked(client, edition)
    assert Copy.objects.get() == copy


def test_when_the_text_changes_it_is_made_anew_and_the_old_one_goes(client):
    edition = a_handbook()
    old = had(client, edition)
    load_handbook(edition.document, HANDBOOK.replace("vụ lợi", "mưu lợi"), "vi")
    page = client.get(page_of(edition)).content.decode()
    assert file_of(old) not in page
    new = had(client, edition)
    assert new.pk != old.pk
    assert not old.path.exists()
    assert Copy.objects.get() == new


def test_a_lost_file_is_made_again(client):
    edition = a_handbook()
    copy = had(client, edition)
    copy.path.unlink()
    assert client.get(file_of(copy)).status_code == 302
    assert file_of(copy) not in client.get(page_of(edition)).content.decode()
    assert had(client, edition).is_ready


def test_whoever_waits_too_long_may_ask_again(client, django_capture_on_commit_callbacks):
    edition = a_handbook()
    copy = asked(client, edition)
    assert "every 2s" in client.get(page_of(edition)).content.decode()
    Copy.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    page = client.get(page_of(edition)).content.decode()
    assert "every 2s" not in page
    with django_capture_on_commit_callbacks(execute=True):
        asked(client, edition)
    assert DBTaskResult.objects.get().task_result.args == [str(copy.uid)]


def test_what_cannot_be_made_says_so_and_can_be_asked_for_again(client, monkeypatch):
    edition = a_handbook()
    copy = asked(client, edition)
    monkeypatch.setattr(making.epub, "write", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        making.make_copy.func(str(copy.uid))
    copy.refresh_from_db()
    assert copy.state == Copy.State.FAILED
    assert 'name="kind" value="epub"' in client.get(page_of(edition)).content.decode()
    assert not list(copy.path.parent.glob("*"))


def test_a_text_of_a_unit_is_for_those_who_may_read_it(client):
    units = a_small_city()
    edition = a_handbook(is_public=False, unit=units["committee_a"])
    assert client.get(page_of(edition)).status_code == 404
    assert client.post(page_of(edition), {"kind": "epub", "language": "vi"}).status_code == 404
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    copy = had(client, edition)
    assert client.get(file_of(copy)).status_code == 200
    client.force_login(a_person(member_of=units["cell_b1"]).account)
    assert client.get(file_of(copy)).status_code == 404
    assert Client().get(reverse("library:copy", args=[copy.uid])).status_code == 404


def test_a_trail_for_members_is_not_for_everyone(client):
    edition = a_handbook()
    steps = [subjects.Step(edition.passages.first().uid, "Vì sao")]
    wanted = {"language": "vi", "introduction": "", "path": "/campaigns/x/", "site": "https://a.example"}
    mine = ordering.order(
        subjects.of_steps(edition.uid, "Nội dung", steps, **wanted, is_public=False), "pdf", at=timezone.now()
    )
    for_all = ordering.order(
        subjects.of_steps(edition.uid, "Nội dung", steps, **wanted, is_public=True), "pdf", at=timezone.now()
    )
    assert client.get(reverse("library:copy", args=[mine.uid])).status_code == 404
    assert "Nội dung" in client.get(reverse("library:copy", args=[for_all.uid])).content.decode()
    making.make_copy.func(str(for_all.uid))
    assert client.get(file_of(for_all)).status_code == 200


def test_a_download_that_broke_off_goes_on_where_it_stopped(client):
    copy = had(client, a_handbook())
    whole = copy.path.read_bytes()
    part = client.get(file_of(copy), headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    last = client.get(file_of(copy), headers={"Range": "bytes=-50", "If-Range": part["ETag"]})
    assert b"".join(last.streaming_content) == whole[-50:]
    other = client.get(file_of(copy), headers={"Range": "bytes=0-9", "If-Range": '"else"'})
    assert other.status_code == 200
    assert client.get(file_of(copy), headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert client.get(file_of(copy), headers={"If-None-Match": part["ETag"]}).status_code == 304
    assert client.head(file_of(copy))["Content-Length"] == str(len(whole))


def test_one_address_may_not_ask_without_end(client, monkeypatch):
    monkeypatch.setattr(asking, "MOST_AN_HOUR", 2)
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    for _again in range(2):
        client.post(page_of(edition), {"kind": "epub", "language": "vi"})
    client.post(page_of(edition), {"kind": "pdf", "language": "en"})
    assert list(Copy.objects.values_list("kind", flat=True)) == ["epub"]


def test_the_queue_has_an_end(monkeypatch):
    monkeypatch.setattr(ordering, "MOST_WAITING", 2)
    for _each in range(2):
        ordering.order(subjects.of_text(a_handbook(), "https://a.example"), "epub", at=timezone.now())
    with pytest.raises(ordering.TooManyCopies):
        ordering.order(subjects.of_text(a_handbook(), "https://a.example"), "epub", at=timezone.now())


def test_only_laws_and_directives_go_out_for_other_systems_and_an_outline_is_none(client):
    law, book = a_law(), a_handbook()
    for edition in (law.editions.get(language="vi"), book):
        assert client.post(page_of(edition), {"kind": "akn", "language": "vi"}).status_code == 400
    edition = law.editions.get(language="vi")
    edition.is_outline = False
    edition.save()
    copy = had(client, edition, "akn")
    response = client.get(file_of(copy))
    assert b"akomaNtoso" in b"".join(response.streaming_content)
    assert ".xml" in response["Content-Disposition"]


def test_a_record_without_text_has_no_copies(client):
    document = a_document("Chỉ có tên")
    assert client.get(reverse("library:downloads", args=[document.slug])).status_code == 404


def test_the_page_asks_the_database_as_often_for_a_long_text_as_for_a_short_one(client, django_assert_num_queries):
    short = a_handbook()
    long = a_handbook(HANDBOOK + "\n\n".join(f"Đoạn thêm {n}." for n in range(40)))
    for edition in (short, long):
        with django_assert_num_queries(4):
            client.get(page_of(edition))


def test_the_oldest_go_where_all_together_are_too_many(client, monkeypatch):
    old, new = a_handbook(), a_handbook()
    first = had(client, old)
    monkeypatch.setattr(making, "MOST_BYTES", first.size + 1)
    second = had(client, new)
    assert list(Copy.objects.all()) == [second]
    assert not first.path.exists()


def test_files_whose_text_is_gone_are_swept_up(client):
    copy = had(client, a_handbook())
    other = had(client, a_handbook())
    other.edition.document.delete()
    making.sweep_files()
    assert copy.path.exists()
    assert not other.path.exists()


def test_the_command_writes_a_file_and_never_over_one(tmp_path):
    edition = a_handbook()
    out = tmp_path / "a.epub"
    call_command("export_document", edition.document.slug, "--out", str(out))
    assert out.read_bytes().startswith(b"PK")
    with pytest.raises(CommandError):
        call_command("export_document", edition.document.slug, "--out", str(out))
    with pytest.raises(CommandError):
        call_command("export_document", "khong-co")
    with pytest.raises(CommandError):
        call_command("export_document", edition.document.slug, "--format", "akn", "--out", str(tmp_path / "b.xml"))
