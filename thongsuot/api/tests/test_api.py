"""description, document_list, document_detail, passage_detail, search, campaign_list, health."""

import pytest
from django.db import DatabaseError
from django.test import RequestFactory

from thongsuot.api import described, urls, views
from thongsuot.library.importing import load_handbook
from thongsuot.library.testing import a_document, a_handbook, a_law
from thongsuot.units.testing import a_small_city

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


KINDS = {
    "number": float,
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}


def fits(value, schema: dict, whole: dict) -> bool:
    """Enough of JSON Schema for what the description uses."""
    if "$ref" in schema:
        return fits(value, whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], whole)
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in [KINDS[kind] for kind in kinds]:
        return False
    if isinstance(value, list):
        return all(fits(one, schema["items"], whole) for one in value)
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        return set(value) == set(properties) and all(fits(value[name], properties[name], whole) for name in value)
    return True


def get(client, address: str, path: str, code: int = 200) -> dict:
    response = client.get(BASE + address)
    assert response.status_code == code
    whole, found = described.openapi("/api/v1"), response.json()
    answer = whole["paths"][path]["get"]["responses"][str(code)]["content"]["application/json"]["schema"]
    assert fits(found, answer, whole), (found, answer)
    assert not response.cookies
    return found


def test_the_description_names_every_route_and_no_other():
    routes = {
        "/" + str(route.pattern).replace("<slug:slug>", "{slug}").replace("<uuid:uid>", "{uid}")
        for route in urls.urlpatterns
    }
    assert set(described.openapi("x")["paths"]) == routes
    names = {paths["get"]["operationId"] for paths in described.openapi("x")["paths"].values()}
    assert names == {route.name for route in urls.urlpatterns}


def test_documents_passages_and_hits_answer_as_described(client):
    a_law()
    edition = a_handbook()
    assert {one["slug"] for one in get(client, "/documents", "/documents")["documents"]} >= {"luat-pctn"}
    whole = get(client, f"/documents/{edition.document.slug}?lang=vi", "/documents/{slug}")
    assert len(whole["passages"]) == 10
    uid = whole["passages"][3]["uid"]
    assert "<strong>" in get(client, f"/passages/{uid}", "/passages/{uid}")["html"]
    hits = get(client, "/search?q=dieu+20&limit=3&lang=vi", "/search")["hits"]
    assert (hits[0]["document"], len(hits)) == ("luat-pctn", 3)
    get(client, "/campaigns", "/campaigns")
    get(client, "/openapi.json", "/openapi.json")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "²", ""])
def test_a_limit_that_is_none_is_refused(client, limit):
    get(client, f"/search?q=a&limit={limit}", "/search", 400)


def test_what_is_not_public_is_not_there(client):
    edition = a_handbook(is_public=False, unit=a_small_city()["city"])
    get(client, f"/documents/{edition.document.slug}", "/documents/{slug}", 404)
    get(client, f"/passages/{edition.passages.first().uid}", "/passages/{uid}", 404)
    assert get(client, "/search?q=phien+ha", "/search")["hits"] == []
    a_document("Công khai")
    assert [one["title"] for one in get(client, "/documents", "/documents")["documents"]] == ["Công khai"]


def test_health_tells_database_and_queue():
    response = views.health(RequestFactory().get("/healthz"))
    assert response.status_code == 200
    assert b'"status": "ok"' in response.content
    assert b'"queue": "ok"' in response.content


def test_health_says_503_when_the_database_does_not_answer(monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr("thongsuot.api.health.connection.cursor", broken)
    assert views.health(RequestFactory().get("/healthz")).status_code == 503


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", "", "²"])
def test_a_limit_out_of_bounds_is_refused_with_a_reason(client, limit):
    answer = client.get("/api/v1/search", {"q": "dieu", "limit": limit})
    assert answer.status_code == 400
    assert "1" in answer.json()["error"]


def test_a_whole_question_is_heard_to_its_end(client):
    load_handbook(a_document("Dài"), "# Phần\n## Chương\n### Mục\nKhoán kinh phí công vụ.\n", "vi")
    question = "Xin hỏi " + "những trường hợp nghiêng ngả " * 7 + "khoán kinh phí công vụ là gì?"
    assert len(question) > 200
    (first, *_rest) = client.get("/api/v1/search", {"q": question}).json()["hits"]
    assert "<mark>" in first["snippet"]
    assert "Khoán kinh phí công vụ" in first["snippet"].replace("<mark>", "").replace("</mark>", "")
