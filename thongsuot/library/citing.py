"""What a text refers to: numbers of documents and articles become links both ways."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from django.db import transaction
from django.db.models import Count, Q

from thongsuot.library import relating
from thongsuot.library.attributing import OWN, PLACE, Meant, Mention, Standing, find_mentions
from thongsuot.library.laws import KnownLaws
from thongsuot.library.models import Citation, Document, Edition, Passage
from thongsuot.library.names import find_names, name_key
from thongsuot.library.numbers import find_numbers
from thongsuot.library.resolving import resolve

# Editions of a collection that are written in one transaction.
_TOGETHER = 100


def cite(edition: Edition, *, law: str = "") -> int:
    """Find and resolve every reference in the edition's passages; replaces those found before.

    ``law`` is the number of what a bare "Điều 20" means in a text that has no articles of its own.
    """
    found = _find(edition, KnownLaws(), law=law)
    resolve(found, edition)
    Citation.objects.filter(passage__edition=edition).delete()
    Citation.objects.bulk_create(found, batch_size=500)
    relating.relate(edition)
    return len(found)


def cite_many(editions: Sequence[Edition], *, told: Callable[[int, int], None] | None = None) -> int:
    """The same for a whole collection, whose documents all stand already: laws' names are read once.

    What waited for any of them is resolved at the end.
    """
    laws = KnownLaws()
    total = 0
    for start in range(0, len(editions), _TOGETHER):
        few = editions[start : start + _TOGETHER]
        with transaction.atomic():
            Citation.objects.filter(passage__edition__in=few).delete()
            found: list[Citation] = []
            for edition in few:
                cited = _find(edition, laws)
                resolve(cited, edition)
                found += cited
                relating.relate(edition)
            Citation.objects.bulk_create(found, batch_size=2000)
        total += len(found)
        if told:
            told(min(start + _TOGETHER, len(editions)), len(editions))
    resolve_waiting(edition.document for edition in editions)
    return total


def resolve_waiting(documents: Iterable[Document]) -> None:
    """References that waited for these documents, or for a passage of them, find it now.

    So do those that another edition of the document fits better: of several the one in force on the citing day.
    """
    documents = list(documents)
    relating.join(document.number for document in documents)
    numbers = {document.number for document in documents if document.number}
    laws = KnownLaws()
    waiting = []
    # What waits is little beside what stands, and a collection brings more numbers than one query takes.
    for citation in _waiting():
        if not citation.number and not citation.is_own:
            citation.number = laws.number(citation.name, None, citation.document.issued_on)
        if citation.number in numbers:
            waiting.append(citation)
    waiting += _of_several_editions(documents, {citation.pk for citation in waiting})
    resolve(waiting)
    Citation.objects.bulk_update(waiting, ["number", "target", "target_passage"], batch_size=500)


def _waiting() -> Iterable[Citation]:
    unresolved = Q(target=None) | Q(target_passage=None) & ~Q(anchor="")
    named = ~Q(number="") | ~Q(name="")
    rows = Citation.objects.filter(unresolved, named, is_own=False, is_void=False)
    return rows.select_related("document", "passage__edition").iterator(2000)


def _of_several_editions(documents: Sequence[Document], besides: set[int]) -> list[Citation]:
    several = [
        row["document"]
        for start in range(0, len(documents), 400)
        for row in Edition.objects.filter(document__in=documents[start : start + 400])
        .values("document", "language")
        .annotate(many=Count("pk"))
        .filter(many__gt=1)
    ]
    rows = Citation.objects.filter(target__in=several, is_own=False).exclude(anchor="")
    return [row for row in rows.select_related("document", "passage__edition") if row.pk not in besides]


def _find(edition: Edition, laws: KnownLaws, *, law: str = "") -> list[Citation]:
    passages = list(edition.passages.filter(is_withdrawn=False).order_by("position"))
    whole = Whole(passages, laws, edition.document.number)
    has_articles = any(passage.anchor.startswith("dieu-") for passage in passages)
    # A plan or a book means the law that it names most often; what has articles of its own means itself.
    bare = Meant(law) if law and law != edition.document.number else OWN if has_articles else whole.law_named_most
    found: list[Citation] = []

    def alone(kind: str) -> Meant | None:
        # "của Luật" in a plan or a book is the law that it is about, whatever was named last.
        return None if kind == "luật" and not has_articles and bare.number else whole.type_alone(kind)

    for passage in passages:
        standing = Standing(
            number=edition.document.number, issued_on=edition.document.issued_on, within=passage.anchor, bare=bare,
            type_alone=alone, short=whole.short_number, number_of=laws.number, names=laws.names,
        )  # fmt: skip
        for mention in find_mentions(passage.text, standing):
            found += _citations(mention, passage, edition)
    return found


def _citations(mention: Mention, passage: Passage, edition: Edition) -> Iterable[Citation]:
    meant = mention.meant
    facts = {
        "document_id": edition.document_id, "passage": passage, "is_own": meant.is_own or mention.kind == PLACE,
        "number": (edition.document.number if meant.is_own else meant.number)[:60],
        "name": "" if meant.is_own else meant.name, "dated": meant.dated,
        "matched": passage.text[mention.start : mention.end][:200],
    }  # fmt: skip
    # The articles that a range leaves unsaid have no words of their own.
    for anchor in mention.between:
        yield Citation(**facts, anchor=anchor[:80])
    yield Citation(**facts, anchor=mention.anchor[:80], start=mention.start, end=mention.end)


class Whole:
    """What the whole text names, for words that are short for it: looked up only when they are met."""

    def __init__(self, passages: Sequence[Passage], laws: KnownLaws, own: str) -> None:
        self.passages, self.laws, self.own = passages, laws, own

    @cached_property
    def _numbers(self) -> Counter[str]:
        """How often each number stands in the text; the first article, which says whom it follows, counts more."""
        counts: Counter[str] = Counter()
        for passage in self.passages:
            weight = 10 if re.match(r"dieu-1(\.|$)", passage.anchor) else 1
            for found in find_numbers(passage.text):
                counts[found.normalised] += weight
        counts.pop(self.own, None)
        return counts

    @cached_property
    def _names(self) -> Counter[tuple[str, str]]:
        counts: Counter[tuple[str, str]] = Counter()
        for passage in self.passages:
            weight = 10 if re.match(r"dieu-1(\.|$)", passage.anchor) else 1
            for named in find_names(passage.text, self.laws.names):
                if not named.is_own:
                    counts[named.name.split()[0].lower(), named.name] += weight
        return counts

    @cached_property
    def _short(self) -> dict[str, set[str]]:
        full: dict[str, set[str]] = defaultdict(set)
        for number in self._numbers:
            first, _slash, rest = number.partition("/")
            if rest:
                full[first].add(number)
                full[f"{first}/{rest.partition('/')[0]}"].add(number)
        return full

    def short_number(self, short: str) -> str:
        """ "Nghị định 59" is the one paper of that number which the text names in full somewhere."""
        numbers = self._short.get(short, set())
        if "/" not in short:
            numbers = {number for number in numbers if "QH" not in number}
        return next(iter(numbers)) if len(numbers) == 1 else ""

    @property
    def law_named_most(self) -> Meant:
        laws = Counter({number: n for number, n in self._numbers.items() if "/QH" in number})
        return Meant(laws.most_common(1)[0][0]) if laws else Meant()

    def type_alone(self, kind: str) -> Meant | None:
        """What "Nghị định" or "Luật" means where it stands alone: the one of its type that the text names most."""
        symbol = {"nghị định": "/NĐ-", "nghị quyết": "/NQ-", "quyết định": "/QĐ-", "thông tư": "/TT"}.get(kind)
        if symbol:
            numbers = Counter({number: n for number, n in self._numbers.items() if symbol in number})
            return Meant(numbers.most_common(1)[0][0]) if numbers else None
        kinds = ("luật", "bộ") if kind in ("luật", "bộ luật") else (kind.split()[0],)
        names = Counter({name: n for (first, name), n in self._names.items() if first in kinds})
        most = self.law_named_most if kind == "luật" else Meant()
        if not names or (most.number and self._numbers[most.number] >= max(names.values())):
            return most if most.number else None
        name = names.most_common(1)[0][0]
        return Meant(self.laws.number(name, None, None), name_key(name))
