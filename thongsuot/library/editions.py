"""The texts of a document by day: which one holds, and what a reader of another one must be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from thongsuot.library.in_force import Force, State, force_of
from thongsuot.library.models import Document, Edition


def choose(editions: Iterable[Edition], language: str, on: date) -> Edition | None:
    """The text that held on the day, in that language, else in Vietnamese, else in any; else the first one to hold."""
    rows = list(editions)
    rank = {language: 0, "vi": 1}
    for wanted in sorted({edition.language for edition in rows}, key=lambda each: rank.get(each, 2)):
        same = sorted(
            (edition for edition in rows if edition.language == wanted),
            key=lambda edition: (edition.valid_from or date.min, edition.pk),
        )
        holding = [edition for edition in same if edition.valid_from is None or edition.valid_from <= on]
        return holding[-1] if holding else same[0]
    return None


def _since(edition: Edition) -> date:
    return edition.valid_from or date.min


def day_of(edition: Edition) -> date | None:
    """A day on which the text held, if it is not the one that holds today; asked once of an edition, one query."""
    if not hasattr(edition, "read_on"):
        current = choose(edition.document.editions.all(), edition.language, timezone.localdate())
        edition.read_on = None if current is None or current.pk == edition.pk else edition.valid_from  # type: ignore[attr-defined]
    return edition.read_on  # type: ignore[attr-defined,no-any-return]


@dataclass
class Editions:
    """What a page says of the text that it shows: ``shown``, of ``all`` in its language, newest first."""

    document: Document
    shown: Edition
    all: list[Edition]
    on: date
    is_asked: bool  # the address names the day
    today: date
    force: Force | None

    @property
    def current(self) -> Edition:
        """The text that holds today."""
        return choose(self.all, self.shown.language, self.today) or self.shown

    @property
    def until(self) -> date | None:
        """The day from which a later text holds."""
        return min((_since(one) for one in self.all if _since(one) > _since(self.shown)), default=None)

    @property
    def is_old(self) -> bool:
        return _since(self.current) > _since(self.shown)

    @property
    def is_coming(self) -> bool:
        return _since(self.shown) > self.today

    @property
    def is_before_first(self) -> bool:
        """A day was asked for on which no text of the library held yet."""
        return self.is_asked and _since(self.shown) > self.on

    @property
    def coming(self) -> Edition | None:
        """A text that is known already and will hold later."""
        later = [one for one in self.all if _since(one) > self.today and one.pk != self.shown.pk]
        return later[-1] if later else None

    @property
    def before(self) -> Edition | None:
        """The text that the shown one followed."""
        return next((one for one in self.all if _since(one) < _since(self.shown)), None)

    @property
    def needs_saying(self) -> bool:
        is_ended = self.force is not None and self.force.state in (State.ENDED, State.NOT_YET)
        return self.is_old or self.is_coming or self.is_asked or is_ended or self.coming is not None


def editions_for(document: Document, shown: Edition, *, on: date | None, today: date) -> Editions:
    """Two queries: the document's texts, and what changes the document."""
    rows = [edition for edition in document.editions.all() if edition.language == shown.language]
    rows.sort(key=lambda edition: (_since(edition), edition.pk), reverse=True)
    return Editions(document, shown, rows, on or today, on is not None, today, force_of(document, on or today))
