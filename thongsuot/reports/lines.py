"""The lines of a report: what each figure is called, what it is a part of, and how it reads."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from thongsuot.web.templatetags.web import number, share_of

# Shares over fewer people than this say too much about each of them.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Line:
    """One figure (codes R01–R15 after the field's usual forms)."""

    code: str
    name: Any
    measure: str  # of the ledger; several joined by "+"
    of: str = ""  # its denominator: a measure, "people" (who had to take part) or "asked:" and a kind of requirement
    # people: each counted once since the campaign began; answers: of people; average: of the measure over ``of``
    counts: str = "things"  # things | people | attendances | answers | average

    @property
    def measures(self) -> list[str]:
        return self.measure.split("+")


LINES = [
    Line("R01", lazy("Units that issued their own plan"), "plan_issued", "asked:plan"),
    Line("R01b", lazy("Units acting directly on the plan above"), "acts_directly", "asked:plan"),
    Line("R02", lazy("Plans issued on time"), "plan_issued_on_time", "asked:plan"),
    Line("R03", lazy("Meetings and conferences held"), "meeting_held"),
    Line("R03a", pgettext_lazy("meetings", "of these, in person"), "meeting_in_person", "meeting_held"),
    Line(
        "R03b", pgettext_lazy("meetings", "of these, online or mixed"), "meeting_online+meeting_mixed", "meeting_held"
    ),
    Line("R04", lazy("Conference points"), "meeting_points"),
    Line("R05", lazy("Attendances"), "attendance", "attendance_expected", "attendances"),
    Line("R06", lazy("People who took part at least once"), "person_attended", "people", "people"),
    Line("R09", lazy("People not on the list who were there"), "public_attended", "", "attendances"),
    Line("R10", lazy("People who spoke, counted at each meeting"), "spoke", "attendance", "attendances"),
    Line("R10a", lazy("Average length of a meeting, in minutes"), "minutes_of_length", "meeting_held", "average"),
    Line("R11", lazy("Reflections handed in"), "reflection_handed_in", "people", "people"),
    Line("R11a", lazy("Reflections accepted"), "reflection_accepted", "reflection_handed_in", "people"),
    Line("R12", lazy("People who took a recall check"), "check_taken", "people", "people"),
    Line("R12a", lazy("Right answers in the recall checks"), "check_right", "check_asked", "answers"),
    Line("R13", lazy("Self-reviews submitted"), "self_review_submitted", "asked:self_review"),
    Line("R13a", lazy("Self-reviews verified by the level above"), "self_review_verified", "self_review_submitted"),
    Line("R14", lazy("Actions opened"), "action_opened"),
    Line("R14a", lazy("Actions done, with evidence, verified"), "action_done", "action_opened"),
    Line("R14b", lazy("Actions cancelled with a reason"), "action_cancelled", "action_opened"),
    Line("R15", lazy("News items published"), "post_published"),
]
BY_CODE = {line.code: line for line in LINES}
# Of these single entries would tell about single people: they open down to units.
PERSONAL = {
    "reading_done", "check_taken", "check_asked", "check_right", "reflection_handed_in", "reflection_accepted",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A line with its numbers."""

    code: str
    value: int
    of: int | None
    is_small: bool = False  # over fewer than five people

    @property
    def line(self) -> Line:
        return BY_CODE.get(self.code) or Line(self.code, self.code, "")

    @property
    def name(self) -> str:
        return str(self.line.name)

    @property
    def shown(self) -> str:
        """Numerator and denominator with the share; nothing of a handful of people."""
        if self.is_small:
            return _("fewer than five people")
        if self.line.counts == "average":
            return number(round(self.value / self.of)) if self.of else "–"
        return number(self.value) if self.of is None else share_of(self.value, self.of)

    @property
    def note(self) -> str:
        """People are not attendances: the two are never mixed."""
        return _("each once, since the campaign began") if self.line.counts == "people" else ""


def figures_in(body: dict[str, Any]) -> list[Figure]:
    """The figures of a frozen (or present) body; one frozen long ago may know less."""
    return [Figure(f["code"], f["value"], f["of"], f.get("is_small", False)) for f in body["figures"]]
