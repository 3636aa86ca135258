"""A form as a browser would send it, read from the page."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.test import Client
from lxml import html

DAY, WORDS, NUMBER = "2023-06-20", "Chữ để thử", "3"
Sent = dict[str, list[str]]


@dataclass
class Form:
    """What a page would send if its fields were filled in, and which field is of which sort."""

    url: str
    sent: Sent = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)  # and what is hidden

    def without(self, *names: str) -> Sent:
        return {name: values for name, values in self.sent.items() if name not in names}


def form_on(client: Client, url: str) -> Form:
    """The largest form of the page that is sent by POST, every empty field filled in."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code, getattr(response, "url", ""))
    return read(response.content, url)


def read(content: bytes, url: str = "") -> Form:
    found = forms_in(content)
    assert found, "The page has no form to send."
    largest = max(found, key=lambda one: len(list(one.inputs)))
    form = Form(urljoin(url, largest.action or ""))
    for one in largest.inputs:
        if one.name and one.get("disabled") is None:
            _take(form, one)
    return form


def forms_in(content: bytes) -> list:
    """What the page lets one send."""
    page = html.fromstring(content.decode())
    return [one for one in page.forms if (one.method or "").upper() == "POST" and _is_ours(one)]


def _is_ours(form) -> bool:
    """Not the choice of language or the way out."""
    action = form.action or ""
    return not any(word in action for word in ("language", "theme", "logout", "read-all"))


def _take(form: Form, one) -> None:
    kind = one.get("type", "text") if one.tag == "input" else one.tag
    value = one.value if kind not in ("checkbox", "radio") else one.get("value", "on")
    match kind:
        case "file" | "submit" | "button":
            return
        case "hidden":
            form.sent[one.name] = [value or ""]
            if one.name != "csrfmiddlewaretoken":
                form.choices.append(one.name)
        case "checkbox":
            if one.checked or (one.name not in form.sent and "remove" not in one.name):
                form.sent.setdefault(one.name, []).append(value)
                form.choices.append(one.name)
        case "radio":
            if one.checked or one.name not in form.sent:
                form.sent[one.name] = [value]
                form.choices.append(one.name)
        case "select":
            options = [each for each in one.value_options if each]
            form.sent[one.name] = [value or (options[0] if options else "")]
            form.choices.append(one.name)
        case _:
            _type_in(form, one.name, kind, value)


def _type_in(form: Form, name: str, kind: str, value: str | None) -> None:
    usual = {"date": (DAY, form.days), "time": ("08:00", form.hours), "number": (NUMBER, form.numbers)}
    filling, names = usual.get(kind, ("https://thi-du.vn/" if kind == "url" else WORDS, form.texts))
    # A text area's first line break is not part of it.
    form.sent[name] = [(value or "").removeprefix("\n") or filling]
    names.append(name)


def said(content: bytes) -> list[str]:
    """The sentences by which a page says what is wrong."""
    return _words(content, "@role='alert' or @data-tone='warning' or @data-tone='error'")


def told(content: bytes) -> list[str]:
    """What a page answers to what was just sent."""
    return _words(content, "@role='alert' or ancestor::*[contains(@class, 'messages')]")


def _words(content: bytes, also: str) -> list[str]:
    page = html.fromstring(content.decode())
    found = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' error ') or {also}]")
    return [" ".join(one.text_content().split()) for one in found if one.text_content().strip()]
