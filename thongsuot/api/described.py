"""The API in OpenAPI 3.1, written by hand; a test holds it to the routes and to what they answer."""

from typing import Any

_TEXT = {"type": "string"}
_DATE = {"type": ["string", "null"], "format": "date"}
_ADDRESS = {"type": "string", "format": "uri"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


def _list(of: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


_DOCUMENT = {
    "slug": _TEXT,
    "kind": {"enum": ["book", "handbook", "law", "decree", "directive", "other"]},
    "number": _TEXT,
    "issuer": _TEXT,
    "author": _TEXT,
    "issued_on": _DATE,
    "title": _TEXT,
    "title_en": _TEXT,
    "summary": _TEXT,
    "summary_en": _TEXT,
    "has_text": {"type": "boolean"},
    "url": _ADDRESS,
}
_LINE = {
    "uid": {"type": "string", "format": "uuid"},
    "anchor": _TEXT,
    "kind": _TEXT,
    "label": _TEXT,
    "heading": _TEXT,
    "printed_page": _TEXT,
    "url": _ADDRESS,
}
_SCHEMAS = {
    "Document": _object(**_DOCUMENT),
    "Line": _object(**_LINE),
    "DocumentWithPassages": _object(**_DOCUMENT, passages=_list("Line")),
    "Passage": _object(
        **{name: kind for name, kind in _LINE.items() if name != "kind"},
        language=_TEXT,
        text={"type": "string", "description": "Markdown for handbooks, plain text for laws"},
        html={"type": "string", "description": "safe HTML"},
        document={"$ref": "#/components/schemas/Document"},
    ),
    "Hit": _object(
        id={"type": "string", "format": "uuid", "description": "of the passage, or of the whole document"},
        document_number=_TEXT,
        document_title=_TEXT,
        article={"type": "string", "description": "label, such as Điều 30 khoản 1; empty outside laws"},
        printed_page=_TEXT,
        score={"type": "number"},
        passage={"type": ["string", "null"], "format": "uuid", "description": "null for a whole document"},
        document={"type": "string", "description": "slug"},
        language=_TEXT,
        title={"type": "string", "description": "HTML with <mark>"},
        snippet={"type": "string", "description": "HTML with <mark>"},
        url=_ADDRESS,
    ),
    "Campaign": _object(
        slug=_TEXT,
        title=_TEXT,
        title_en=_TEXT,
        summary=_TEXT,
        summary_en=_TEXT,
        issuer=_TEXT,
        directive=_TEXT,
        starts_on={"type": "string", "format": "date"},
        ends_on=_DATE,
        topics={
            "type": "array",
            "items": _object(
                number={"type": "integer"},
                title=_TEXT,
                title_en=_TEXT,
                passages={"type": "array", "items": {"type": "string", "format": "uuid"}},
            ),
        },
        url=_ADDRESS,
    ),
    "Error": _object(error=_TEXT),
}


def _answer(schema: dict[str, Any], says: str) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _get(
    name: str, says: str, schema: dict[str, Any], *parameters: dict[str, Any], errors: tuple[int, ...] = ()
) -> Any:
    words = {400: "The question is not well formed", 404: "Not there, or not public"}
    responses = {"200": _answer(schema, says)} | {str(code): _answer(_ref("Error"), words[code]) for code in errors}
    return {"get": {"operationId": name, "summary": says, "parameters": list(parameters), "responses": responses}}


def _parameter(name: str, place: str, schema: dict[str, Any], says: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema, "description": says}


_LANG = _parameter("lang", "query", {"enum": ["vi", "en"]}, "Language of the text; default as Accept-Language")


def openapi(server: str) -> dict[str, Any]:
    """The whole description; ``server`` is the address under which the routes lie."""
    slug = _parameter("slug", "path", _TEXT, "As in the list of documents")
    uid = _parameter("uid", "path", {"type": "string", "format": "uuid"}, "The lasting name of a passage")
    words = _parameter("q", "query", {"type": "string", "maxLength": 500}, "Words, a number, an article, a question")
    limit = _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "At most")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Thông Suốt",
            "version": "1",
            "summary": "The public library and campaigns. No sign-in; nobody is observed.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": server}],
        "paths": {
            "/openapi.json": _get("description", "This description", {"type": "object"}),
            "/documents": _get("document_list", "All public documents", _object(documents=_list("Document"))),
            "/documents/{slug}": _get(
                "document_detail",
                "A document and its passages",
                _ref("DocumentWithPassages"),
                slug,
                _LANG,
                errors=(404,),
            ),
            "/passages/{uid}": _get("passage_detail", "A passage", _ref("Passage"), uid, _LANG, errors=(404,)),
            "/search": _get(
                "search",
                "The best places, best first",
                _object(q=_TEXT, hits=_list("Hit")),
                words,
                limit,
                _LANG,
                errors=(400,),
            ),
            "/campaigns": _get("campaign_list", "Public campaigns", _object(campaigns=_list("Campaign"))),
        },
        "components": {"schemas": _SCHEMAS},
    }
