"""A short recall check on a topic: did the text come across? The score belongs to the person."""

import random
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thongsuot.campaigns.models import Requirement, Topic
from thongsuot.campaigns.moments import day_of
from thongsuot.learning.models import Check, Question
from thongsuot.learning.reading import expected_people, meet_as_a_unit, require_self_or_clerk
from thongsuot.ledger.measures import measure
from thongsuot.ledger.posting import post
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.web.errors import Refused
from thongsuot.web.templatetags.web import in_language

CHECK_TAKEN = measure("check_taken", gettext_lazy("People who took a recall check"), counts="people")
CHECK_ASKED = measure("check_asked", gettext_lazy("Questions asked in recall checks"))
CHECK_RIGHT = measure("check_right", gettext_lazy("Right answers in recall checks"))


class NothingToAsk(Refused):
    """The bank holds no question on this topic."""


class AlreadyFinished(Refused):
    """The check was sent before."""


@dataclass(frozen=True)
class AskedQuestion:
    """A drawn question in the reader's language, its options in the order of this check."""

    question: Question
    text: str
    options: list[tuple[int, str]]
    explanation: str

    @property
    def key(self) -> str:
        return f"q{self.question.pk}"

    @property
    def right(self) -> str:
        return dict(self.options)[self.question.right]


def asked_in(check: Check) -> list[AskedQuestion]:
    """The questions of the check as drawn; one query."""
    known = Question.objects.select_related("passage__edition__document").in_bulk(
        [pk for pk, _order in check.questions]
    )
    found = []
    for pk, order in check.questions:
        if question := known.get(pk):
            english = get_language() == "en" and len(question.options_en) == len(question.options)
            options = question.options_en if english else question.options
            shown = [(index, str(options[index])) for index in order]
            text, explanation = in_language(question, "text"), in_language(question, "explanation")
            found.append(AskedQuestion(question, text, shown, explanation))
    return found


@transaction.atomic
def draw(topic: Topic, *, person: Person | None, unit: Unit, by: Person | None, at: datetime, number: int = 5) -> Check:
    """Questions drawn at random, their options in a random order; an open check is taken up again."""
    if person is not None:
        require_self_or_clerk(person, unit, by, day_of(at))
        if begun := Check.objects.filter(topic=topic, person=person, finished_at__isnull=True).first():
            return begun
    bank = list(Question.objects.filter(topic=topic, retired_at__isnull=True).values_list("pk", "options"))
    if not bank:
        raise NothingToAsk(_("There are no questions on this core content yet."))
    chance = random.SystemRandom()
    drawn = chance.sample(bank, min(number, len(bank)))
    questions = [[pk, chance.sample(range(len(options)), len(options))] for pk, options in drawn]
    return Check.objects.create(
        topic=topic, person=person, unit=unit, questions=questions, started_at=at, asked=len(questions)
    )


@transaction.atomic
def finish(check: Check, answers: dict[str, int], *, by: Person | None, at: datetime) -> Check:
    """Count right answers (``answers``: question key → index of the option); then only the score is kept.

    Raises NotAllowed, AlreadyFinished.
    """
    check = Check.objects.select_for_update(of=("self",)).select_related("topic__campaign", "unit").get(pk=check.pk)
    if check.person is not None:
        require_self_or_clerk(check.person, check.unit, by, day_of(at))
    if check.finished_at:
        raise AlreadyFinished(_("This check was already sent; its result stands."))
    keys = [pk for pk, _order in check.questions]
    right = dict(Question.objects.filter(pk__in=keys).values_list("pk", "right"))
    check.right = sum(answers.get(str(pk)) == right.get(pk) for pk in keys)
    check.finished_at, check.answers = at, {}
    check.save(update_fields=["right", "finished_at", "answers"])
    campaign, unit, on = check.topic.campaign, check.unit, day_of(at)
    first = (
        not Check.objects.filter(topic=check.topic, person=check.person, finished_at__isnull=False)
        .exclude(pk=check.pk)
        .exists()
    )
    if check.person is None or not first:
        # Practising again is welcome and counts for nobody's figures.
        return check
    post(campaign.book, CHECK_ASKED, unit=unit, on=on, at=at, cause=check, by=by, amount=check.asked)
    if check.right:
        post(campaign.book, CHECK_RIGHT, unit=unit, on=on, at=at, cause=check, by=by, amount=check.right)
    earlier = Check.objects.filter(topic__campaign=campaign, person=check.person, finished_at__isnull=False).exclude(
        pk=check.pk
    )
    if not earlier.exists():
        post(campaign.book, CHECK_TAKEN, unit=unit, on=on, at=at, cause=check, by=by, person=check.person)
        done = (
            Check.objects.filter(topic__campaign=campaign, unit=unit, finished_at__isnull=False, person__isnull=False)
            .values("person")
            .distinct()
            .count()
        )
        wanted = expected_people(unit, on) * 0.5
        meet_as_a_unit(campaign, Requirement.Kind.CHECK, unit, check, done, wanted, on=on, at=at, by=by)
    return check
