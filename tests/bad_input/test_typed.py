"""Whatever is typed into whichever form: taken, or answered with a sentence beside everything typed; never a fault."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.bad_input.browser import Form, Sent, form_on, read, said
from tests.bad_input.world import FORMS, a_world
from thongsuot.meetings.models import Meeting

NFD = unicodedata.normalize("NFD", "Đồng chí Nguyễn Thuỵ Hoà nói")
TEXTS = {
    "all sorts of signs": (
        "Chữ\x00 có\x07 dấu\x0b lạ\x1f\x7f \ufffe\uffff 👩🏽‍🏫🇻🇳 𠀀 \u202egnurt "
        "<script>alert(1)</script>{{ x }}{% now %}%s%(n)s "
        + unicodedata.normalize("NFD", "đồng chí Nguyễn Thuỵ Hoà nói")
    ),
    "nothing to see": " \u200b\u00a0\t\n\x00 ",
}
LONG = "Dài quá " * 12000
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "31/02/2023",
    "2023-02-31",
    "20230-06-01",
    "0000-00-00",
    "hôm qua",
    "１２/０６/２０２３",
)
HOURS = ("25:61", "-1:00", "trưa")
NUMBERS = ("-1", "99999999999999999999999", "1e400", "²", "9" * 5000)
OVERFLOW = "9" * 30
CHOICES = ("x²", "", "00000000-0000-0000-0000-000000000000")


def hostile(form: Form) -> Iterator[tuple[str, Sent]]:
    for name, text in TEXTS.items():
        yield name, form.sent | {each: [text] for each in form.texts}
    for names, values in (
        (form.days, DAYS), (form.hours, HOURS), (form.numbers, NUMBERS), (form.choices, CHOICES),
    ):  # fmt: skip
        if names:
            yield from ((f"all={value[:40]!r}", form.sent | {each: [value] for each in names}) for value in values)
    for each in one_of_each_row(form.texts):
        yield f"{each} too long", form.sent | {each: [LONG]}
    for each in one_of_each_row(form.choices):
        yield f"{each}=", form.sent | {each: [OVERFLOW]}
    yield "nothing typed is sent", form.without(*form.texts, *form.days, *form.hours, *form.numbers)


def one_of_each_row(names: list[str]) -> list[str]:
    """Rows of a table are alike: the first that has a field stands for all."""
    return list({re.sub(r"[A-Z]?\d+", "0", name): name for name in reversed(names)}.values())


def send(client: Client, form: Form, sent: Sent):
    """Post it, look at where it leads, and leave nothing behind."""
    with transaction.atomic():
        response = client.post(form.url, sent)
        if response.status_code == 302:
            client.get(response.url)
        transaction.set_rollback(True)
    return response


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_or_refuses_whatever_is_typed(client, name):
    case = FORMS[name](a_world())
    client.force_login(case.who.account)
    form = form_on(client, case.url)
    assert send(client, form, form.sent).status_code in (200, 302, 422)
    wrong = []
    for what, sent in hostile(form):
        response = send(client, form, sent)
        if response.status_code not in (200, 302, 404, 422):
            wrong.append((what, response.status_code))
        elif response.status_code == 422:
            wrong += [(what, each) for each in lost(form, sent, response)]
    assert wrong == []


def lost(form: Form, sent: Sent, response) -> list[str]:
    """What a refusal failed to say or to give back."""
    if any(sent.get(each) != form.sent[each] for each in form.choices):
        return []  # a page does not send that: enough that it is refused
    found = [] if said(response.content) else ["no sentence"]
    back = read(response.content).sent
    for each in form.texts:
        typed = kept(sent.get(each, [""])[0])
        if typed and kept(back.get(each, [""])[0]) != typed:
            found.append(f"{each} is lost: {back.get(each, [''])[0][:40]!r}")
    return found


def kept(text: str) -> str:
    """What is left of a text once the signs that nobody types are gone, in one spelling."""
    gone = "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cn"))
    return " ".join(unicodedata.normalize("NFC", gone).split())


@pytest.mark.django_db
def test_what_no_form_holds_is_refused_or_passed_over(client):
    """What a page does not make: numbers too large for a column, signs that only look like digits."""
    world = a_world()
    case = FORMS["register_edit"](world)
    client.force_login(case.who.account)
    first = Meeting.objects.get().register.first()
    line = {f"was-{first.pk}": "9" * 5000 + "||0|", f"status-{first.pk}": "excused", "was-²": "²|present|1|"}
    for page in ("²", "-1", "9" * 5000, "\x00"):
        assert client.post(f"{case.url}?page={page}", line).status_code == 302
        assert client.get(case.url, {"page": page}).status_code == 200
    people = case.url.replace("/register/", "/register/people/")
    for key in ("²", OVERFLOW, "-1", "\x00", "9" * 5000):
        assert client.post(people, {"person": [key]}).status_code == 302
    for name in ("meeting_edit", "minutes_edit"):
        case = FORMS[name](a_world())
        client.force_login(case.who.account)
        form = form_on(client, case.url)
        totals = [each for each in form.sent if each.endswith("TOTAL_FORMS")]
        for total in ("9" * 5000, "²", "-1", "", "100000"):
            sent = form.sent | {each: [total] for each in totals}
            assert client.post(case.url, sent | {"add": ["1"]}).status_code in (200, 422)
            assert client.post(case.url, sent).status_code in (302, 422)
