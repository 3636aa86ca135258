"""The audit trail has no holes: whatever someone changes by sending something leaves a line, by them, with its unit."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.bad_input.browser import form_on
from tests.bad_input.conftest import the_day  # noqa: F401  a day of the campaign, for these tests too
from tests.bad_input.world import FORMS, World, a_world
from thongsuot.campaigns import excusing
from thongsuot.campaigns.models import Topic
from thongsuot.campaigns.testing import a_campaign, a_passage, a_plan, an_item, an_obligation
from thongsuot.campaigns.testing import a_draft as a_plan_draft
from thongsuot.journal.models import Record
from thongsuot.journal.trailing import Line, said
from thongsuot.learning.testing import a_reflection, a_topic
from thongsuot.library import mending
from thongsuot.library.models import Abbreviation, Import
from thongsuot.library.testing import a_document, a_relation, an_alias, an_import, an_imported_text
from thongsuot.meetings import news
from thongsuot.meetings.models import Post
from thongsuot.meetings.testing import a_closed_meeting, a_meeting, record
from thongsuot.meetings.testing import a_draft as a_minutes_draft
from thongsuot.notices.subscribing import give_address
from thongsuot.papers.testing import a_picture, sent
from thongsuot.people.models import Person
from thongsuot.practice import acting
from thongsuot.practice.testing import an_action, an_answered_review
from thongsuot.reports.testing import a_report, a_sent_report
from thongsuot.units.testing import NOW

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parents[1] / "rights" / "table.toml").read_text(encoding="utf-8"))
UNSAID = {"django_session", "journal_record"}

# What changes nobody's record.
ONES_OWN = {
    "campaigns:directive_create",  # a file that waits to be confirmed: its own row says who sent it, and when
    "learning:reading_mark", "learning:check_start", "learning:check_take",  # one's own study, and the score is private
    # What one marks and notes in a text, and where one stopped: private to the person, no record of anything.
    "library:note_create", "library:note_edit", "library:note_delete", "library:notes_delete", "library:notes_take_in",
    "library:reading_choices", "library:place_keep",
    "web:set_language", "web:set_theme", "web:patterns", "example:sign_in", "notices:notice_open", "notices:read_all",
    "library:downloads", "campaigns:topic_copy",  # a copy of what everyone there may read; nobody keeps who asked
}  # fmt: skip


Case = tuple[str, Person, dict[str, Any]]
_BUTTONS: dict[str, Callable[[World], Case]] = {}


def button(name: str, role: str, unit: str) -> Callable[[Callable[[World], tuple[list, dict[str, Any]]]], Any]:
    """What is sent without a form to fill in: by whom, about what, with which words."""

    def keep(build: Callable[[World], tuple[list, dict[str, Any]]]) -> None:
        def case(w: World) -> Case:
            key, words = build(w)
            return reverse(name, args=key), w.who(role, unit), words

        _BUTTONS[name] = case

    return keep


@button("campaigns:step_create", "head", "city")
def _(w):
    words = {"topic": a_topic(w.campaign).uid, "passage": a_passage().uid, "introduction": "Vì sao đọc"}
    return [], words


@button("campaigns:step_change", "head", "city")
def _(w):
    topic = a_topic(w.campaign)
    return [topic.steps.first().uid], {"change": "bottom", "version": Topic.objects.get(pk=topic.pk).trail_version}


@button("campaigns:step_words", "head", "city")
def _(w):
    return [a_topic(w.campaign).steps.first().uid], {"introduction": "Lời khác", "revision": 0}


@button("campaigns:step_replace", "head", "city")
def _(w):
    return [a_topic(w.campaign).steps.first().uid], {"passage": a_passage().uid}


@button("campaigns:trail_order", "head", "city")
def _(w):
    topic = a_topic(w.campaign)
    turned = " ".join(str(step.uid) for step in topic.steps.order_by("-order"))
    return [topic.uid], {"steps": turned, "version": Topic.objects.get(pk=topic.pk).trail_version}


@button("library:word_remove", "officer", "city")
def _(w):
    return [Abbreviation.objects.create(short="CBCC", full="cán bộ thử").pk], {}


@button("campaigns:obligation_reopening", "head", "committee_a")
def _(w):
    owed = an_obligation(w.units["cell_a1"], "meeting", campaign=w.campaign)
    excusing.excuse(owed, reason="Mới tách", by=w.who("head", "committee_a"), at=NOW)
    return [owed.uid], {}


@button("campaigns:plan_create", "head", "committee_a")
def _(w):
    a_plan(w.campaign, w.units["district"])
    return [w.campaign.uid, w.units["committee_a"].uid], {"choice": "direct"}


@button("campaigns:plan_items", "head", "committee_a")
def _(w):
    return [a_plan_draft(w.campaign, w.units["committee_a"]).uid], {}


@button("campaigns:plan_item_remove", "head", "committee_a")
def _(w):
    return [an_item(a_plan_draft(w.campaign, w.units["committee_a"])).uid], {}


@button("meetings:register_people", "clerk", "committee_a")
def _(w):
    w.who("head", "cell_a1")
    return [a_meeting(w.units["committee_a"], campaign=w.campaign).uid], {"heads": "1"}


@button("meetings:minutes_approve", "head", "cell_a1")
def _(w):
    return [a_minutes_draft(a_closed_meeting(w.units["cell_a1"], campaign=w.campaign)).meeting.uid], {}


@button("meetings:post_create", "head", "cell_a1")
def _(w):
    return [a_closed_meeting(w.units["cell_a1"], campaign=w.campaign, present=6).uid], {}


def a_post(w: World) -> Post:
    meeting = a_closed_meeting(w.units["cell_a1"], campaign=w.campaign, present=6)
    return news.draft_post(meeting, by=None, at=NOW)


@button("meetings:post_publish", "head", "cell_a1")
def _(w):
    return [a_post(w).uid], {}


@button("meetings:post_picture", "head", "cell_a1")
def _(w):
    post = a_post(w)
    picture = news.add_picture(post, sent(a_picture(), "a.jpg"), caption="Buổi họp", by=None, at=NOW)
    return [post.uid, picture.pk], {}


@button("learning:reading_note", "clerk", "cell_a1")
def _(w):
    reader = w.who("member", "cell_a1")
    return [w.units["cell_a1"].uid], {
        "campaign": w.campaign.uid, "person": reader.uid, "topics": [a_topic(w.campaign).uid],
    }  # fmt: skip


@button("learning:reflection_accept", "head", "cell_a1")
def _(w):
    return [a_reflection(w.who("member", "cell_a1"), w.campaign, w.units["cell_a1"]).uid], {}


@button("practice:self_review_start", "head", "cell_a1")
def _(w):
    return [w.campaign.uid, w.units["cell_a1"].uid], {}


@button("practice:self_review_submit", "head", "committee_a")
def _(w):
    return [an_answered_review(w.campaign, w.units["committee_a"]).uid], {}


@button("practice:action_report_done", "head", "cell_a1")
def _(w):
    action = an_action(w.campaign, w.units["cell_a1"])
    acting.add_evidence(action, title="Ảnh", by=None, at=NOW)
    return [action.uid], {}


@button("reports:report_submit", "head", "committee_a")
def _(w):
    return [a_report(w.campaign, w.units["committee_a"]).uid], {}


@button("reports:report_accept", "head", "district")
def _(w):
    return [a_sent_report(w.campaign, w.units["committee_a"]).uid], {}


@button("reports:report_return", "head", "district")
def _(w):
    return [a_sent_report(w.campaign, w.units["committee_a"]).uid], {"reason": "Thiếu số liệu"}


@button("notices:calendar_new", "member", "cell_a1")
def _(w):
    return [], {}


@button("notices:calendar_withdraw", "member", "cell_a1")
def _(w):
    give_address(w.who("member", "cell_a1"), language="vi", at=NOW)
    return [], {}


@button("campaigns:campaign_issue", "head", "city")
def _(w):
    return [a_campaign(w.units["city"]).uid], {"to": w.units["city"].uid}


@button("meetings:register_close", "clerk", "cell_a1")
def _(w):
    meeting = a_meeting(w.units["cell_a1"], campaign=w.campaign)
    record(meeting, present=2)
    return [meeting.uid], {"ends_at": "10:00"}


@button("library:citation_settle", "officer", "city")
def _(w):
    return [], {"number": "147-KH/TU", "name": "", "act": "document", "document": a_document().slug}


@button("library:document_remove", "officer", "city")
def _(w):
    return [a_document("Vào nhầm", unit=w.units["city"]).slug], {}


@button("library:alias_undo", "officer", "city")
def _(w):
    return [an_alias("147-KH/TU", by=w.who("officer", "city")).uid], {}


@button("library:relation_settle", "officer", "city")
def _(w):
    return [a_relation("12-KH/TU", "11-KH/TU").uid], {"state": "confirmed"}


# Words that a form needs where the first that come to hand will not do.
WORDS: dict[str, dict[str, Any]] = {
    "word_edit": {"full": "cán bộ, công chức"},
    "word_import": {"words": "TNTC = tham nhũng, tiêu cực"},
    "split": {"names": ["Chi bộ 1\nChi bộ 2"]},
}


def _an_import(w, state: str = "waiting", **facts: Any):
    order = an_import(w.units["city"], **facts)
    Import.objects.filter(pk=order.pk).update(state=state)
    return order


@button("library:import_create", "officer", "city")
def _(w):
    return [], {"file": sent("Một đoạn.".encode(), "a.txt"), "unit": w.units["city"].pk, "language": "vi"}


@button("library:import_cancel", "officer", "city")
def _(w):
    return [_an_import(w).uid], {}


@button("library:import_retry", "officer", "city")
def _(w):
    return [_an_import(w, "failed").uid], {}


@button("library:import_answer", "officer", "city")
def _(w):
    return [_an_import(w, "asking", found={"answers": ["own"]}).uid], {"answer": "own"}


@button("library:proof_passage", "officer", "city")
def _(w):
    passage = an_imported_text(w.units["city"]).passages.get(anchor="dau-01")
    return [passage.uid], {"verb": "kind", "kind": "section"}


@button("library:mend_undo", "officer", "city")
def _(w):
    passage = an_imported_text(w.units["city"]).passages.get(anchor="dau-01")
    return [mending.mend(passage, "remove", {}, by=None, at=NOW).uid], {}


# Issued again where no unit joined, closed where nobody came: nothing changes. Others above stand for these.
CASES = sorted({*FORMS, *_BUTTONS} - {"campaign_issue", "register_close"})


def all_rows() -> dict[str, list[str]]:
    """All that is kept, table by table."""
    return {
        model._meta.db_table: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.db_table not in UNSAID
    }


def changed_by(client: Client, name: str) -> tuple[Person, set[str]]:
    """Send it as someone who may: who that was, and the tables that changed."""
    w = a_world()
    if name in FORMS:
        case = FORMS[name](w)
        client.force_login(case.who.account)
        form = form_on(client, case.url)
        url, who, words = form.url, case.who, form.sent | WORDS.get(name, {})
    else:
        url, who, words = _BUTTONS[name](w)
        client.force_login(who.account)
    Record.objects.all().delete()
    before = all_rows()
    response = client.post(url, words)
    assert response.status_code in (200, 302), response.status_code
    after = all_rows()
    return who, {table for table in after if after[table] != before[table]}


def test_every_address_that_takes_something_is_walked() -> None:
    """Forms are named as their addresses are, but for parts of a page and the verbs of reforming."""
    verbs = {
        "self_review_words": "self_review_edit",
        "action_detail": "action_evidence_add",
        **dict.fromkeys(("move", "rename", "split", "merge"), "reform"),
    }
    walked = {verbs.get(name, name) for name in FORMS} | {name.partition(":")[2] for name in _BUTTONS}
    taking = {
        f"{room}:{view}": view
        for room, views in TABLE.items()
        if room != "groups"
        for view, who in views.items()
        if "act" in who
    }
    assert {name for name, view in taking.items() if view not in walked} == ONES_OWN


@pytest.mark.parametrize("name", CASES)
def test_what_is_changed_leaves_a_line(client, name) -> None:
    who, changed = changed_by(client, name)
    assert changed, "what was sent changes nothing: the case shows nothing"
    lines = Record.objects.filter(by=who)
    assert lines, changed
    assert all(line.unit_id or line.subject_uid == who.uid for line in lines), "whoever may read it finds it"
    with translation.override("vi"):
        bare = {word for line in map(said, lines) for word in words_of(line) if CODE.fullmatch(word)}
    assert not bare, "codes that no catalogue says"


# English words, and names of fields and choices, have lower-case letters only; Vietnamese ones hardly ever.
CODE = re.compile("[a-z][a-z_]*( [a-z_]+)*")


def words_of(line: Line) -> Iterator[str]:
    """What a reader of the trail sees of a line that the product, not a person, worded."""
    yield line.verb
    for name, before, after in line.changes:
        yield from (name, before, after)


@pytest.mark.parametrize("name", ["report_edit", "self_review_edit", "self_review_words", "minutes_edit"])
def test_words_that_were_not_sent_yet_stay_out_of_the_trail(client, name) -> None:
    """Those above read the journal of a unit before they may read its drafts."""
    changed_by(client, name)
    lines = Record.objects.filter(verb__in=["rewritten", "criterion answered", "minutes written"])
    assert lines
    assert not any(any(pair) for line in lines for pair in line.changes.values())
