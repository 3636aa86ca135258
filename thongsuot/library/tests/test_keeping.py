"""What a device fetches to keep a work: the public page, its pictures, its size and version; and the app around it."""

import pytest
from django.urls import reverse

from thongsuot.library.importing import load_handbook
from thongsuot.library.models import Picture, PictureSize
from thongsuot.library.testing import HANDBOOK, HANDBOOK_EN, a_document, a_handbook, a_law
from thongsuot.papers.files import store_upload
from thongsuot.papers.testing import a_picture, sent
from thongsuot.people.testing import a_person
from thongsuot.units.testing import NOW, a_small_city

pytestmark = pytest.mark.django_db


def listed(client, document, language="vi") -> dict:
    response = client.get(reverse("library:keep_list", args=[document.slug]) + f"?lang={language}")
    assert response.status_code == 200
    return response.json()


def test_a_work_is_listed_page_by_page_in_the_language_asked(client):
    edition = a_handbook()
    load_handbook(edition.document, HANDBOOK_EN, "en")
    vietnamese, english = (listed(client, edition.document, language) for language in ("vi", "en"))
    assert [page["name"] for page in vietnamese["pages"]] == ["Ba dấu hiệu của tham nhũng", "Bốn việc của đơn vị"]
    assert [page["name"] for page in english["pages"]] == ["Three signs of corruption"]
    for page in vietnamese["pages"]:
        assert client.get(page["url"]).status_code == 200


def test_the_size_said_before_is_near_the_size_that_comes(client):
    for document in (a_handbook(HANDBOOK + "\n\n".join(f"Đoạn {n}. " + "Lời dài. " * 40 for n in range(60))).document,
                     a_law()):  # fmt: skip
        for page in listed(client, document)["pages"]:
            comes = len(client.get(page["url"]).content)
            assert 0.7 < page["bytes"] / comes < 1.4, (page["name"], page["bytes"], comes)


def test_pictures_are_listed_in_every_width_with_their_bytes(client):
    edition = a_handbook()
    picture = Picture.objects.create(edition=edition, sha256="0" * 64, width=960, height=600)
    for width in (960, 480):
        file = store_upload(sent(a_picture(), f"{width}.jpg"), by=None, at=NOW, unit=None, allow=["jpeg"])
        PictureSize.objects.create(picture=picture, width=width, height=300, file=file)
    edition.passages.filter(anchor="hinh-1").update(image=picture)
    [sizes] = listed(client, edition.document)["pages"][0]["pictures"]
    assert [width for _url, width, _bytes in sizes] == [480, 960]
    assert sizes[0][2] == file.size
    assert len(client.get(sizes[0][0]).content) == sizes[0][2]


def test_the_version_changes_with_the_text_and_only_on_its_page(client):
    edition = a_handbook()
    before = listed(client, edition.document)
    load_handbook(edition.document, HANDBOOK.replace("Mỗi đơn vị có bốn việc", "Mỗi đơn vị có năm việc"), "vi")
    after = listed(client, edition.document)
    assert before["version"] != after["version"]
    assert [old["version"] == new["version"] for old, new in zip(before["pages"], after["pages"], strict=True)] == [
        True, False,
    ]  # fmt: skip


def test_who_has_the_list_is_told_that_it_is_still_the_same(client):
    edition = a_handbook()
    address = reverse("library:keep_list", args=[edition.document.slug])
    first = client.get(address)
    assert "public" in first["Cache-Control"]
    assert not first.cookies
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    load_handbook(edition.document, HANDBOOK.replace("bốn việc theo", "năm việc theo"), "vi")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_only_public_texts_can_be_kept_also_for_who_may_read_others(client):
    units = a_small_city()
    secret = a_handbook(is_public=False, unit=units["committee_a"])
    client.force_login(a_person(member_of=units["cell_a1"]).account)
    assert client.get(reverse("library:document_detail", args=[secret.document.slug])).status_code == 200
    assert client.get(reverse("library:keep_list", args=[secret.document.slug])).status_code == 404
    page = client.get(reverse("library:chapter", args=[secret.document.slug, "p1-c1"])).content.decode()
    assert "<keep-offline" not in page


def test_a_record_without_text_has_nothing_to_keep(client):
    assert client.get(reverse("library:keep_list", args=[a_document().slug])).status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_times(client, more, django_assert_num_queries):
    edition = a_handbook(HANDBOOK + "".join(f"\n## Chương thêm {n}\n\nLời.\n" for n in range(more)))
    address = reverse("library:keep_list", args=[edition.document.slug])
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)


def test_the_service_worker_may_answer_for_the_whole_site_and_speaks_the_language_asked(client):
    response = client.get("/service-worker.js?lang=en")
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    facts = response.content.decode().partition("\n")[0]
    assert '"language": "en"' in facts
    assert "/static/library/notes.js" in facts
    assert "service_worker.js" not in facts
    assert "worker-src 'self'" in response["Content-Security-Policy"]


def test_the_pages_about_the_device_are_the_same_for_everyone_and_set_no_cookie(client):
    for name in ("device", "offline"):
        response = client.get(reverse(f"library:{name}"))
        assert response.status_code == 200
        assert not response.cookies


def test_the_site_can_be_put_on_the_first_screen_of_a_phone(client):
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    said = manifest.json()
    assert (said["lang"], said["start_url"], said["display"]) == ("vi", "/library/", "standalone")
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    assert 'rel="manifest"' in client.get(reverse("library:document_list")).content.decode()
