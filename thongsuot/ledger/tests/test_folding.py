"""Totals at every level equal a recount from the facts, whatever happened in between."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thongsuot.ledger import folding
from thongsuot.ledger.folding import fold, fold_all, recount
from thongsuot.ledger.measures import measure
from thongsuot.ledger.models import Book, Entry, Total
from thongsuot.ledger.posting import post, reverse, standing, take_back
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_small_city, a_unit
from thongsuot.units.tree import NotATree, place

HELD = measure("test_held", "Held")


def kept(book: Book) -> dict[tuple[int, int, str], int]:
    totals = Total.objects.filter(book=book).exclude(amount=0)
    return {(total.period, total.unit_id, total.measure): total.amount for total in totals}


def a_book() -> Book:
    return Book.objects.create(hierarchy=a_hierarchy(), title="Sổ thử")


def test_an_entry_shows_in_every_total_above_it(db) -> None:
    units, book = a_small_city(), a_book()
    with transaction.atomic():
        post(book, HELD, unit=units["cell_a1"], on=date(2023, 5, 3), at=NOW, cause=units["cell_a1"], by=None)
    fold()
    for name in ("city", "district", "committee_a", "cell_a1"):
        assert kept(book)[0, units[name].pk, "test_held"] == 1
        assert kept(book)[202305, units[name].pk, "test_held"] == 1
    assert (0, units["committee_b"].pk, "test_held") not in kept(book)


def test_folding_twice_counts_once(db) -> None:
    units, book = a_small_city(), a_book()
    with transaction.atomic():
        post(book, HELD, unit=units["cell_a1"], on=TODAY, at=NOW, cause=units["cell_a1"], by=None)
    assert (fold(), fold()) == (1, 0)
    assert kept(book) == recount(book.pk)


def test_an_entry_is_posted_only_in_the_transaction_of_its_fact(transactional_db) -> None:
    units, book = a_small_city(), a_book()
    with pytest.raises(RuntimeError):
        post(book, HELD, unit=units["cell_a1"], on=TODAY, at=NOW, cause=units["cell_a1"], by=None)


def test_taking_back_leaves_the_history_and_no_sum(db) -> None:
    units, book = a_small_city(), a_book()
    cause = units["cell_a1"]
    with transaction.atomic():
        post(book, HELD, unit=cause, on=TODAY, at=NOW, cause=cause, by=None)
        assert take_back(book, cause, at=NOW, by=None, reason="nhập nhầm") == 1
        assert take_back(book, cause, at=NOW, by=None, reason="nhập nhầm") == 0
    fold_all()
    assert (Entry.objects.count(), standing(book, cause).count(), kept(book)) == (2, 0, {})


@pytest.mark.parametrize("few", [0, folding.FEW], ids=["many changes at once", "few"])
def test_a_unit_that_moves_keeps_what_it_earned_before_with_its_old_parent(db, monkeypatch, few) -> None:
    monkeypatch.setattr(folding, "FEW", few)
    units, book = a_small_city(), a_book()
    cell, old, new = units["cell_a1"], units["committee_a"], units["committee_b"]
    with transaction.atomic():
        post(book, HELD, unit=cell, on=date(2023, 4, 10), at=NOW, cause=cell, by=None)
        post(book, HELD, unit=cell, on=date(2023, 5, 10), at=NOW, cause=cell, by=None)
    fold()
    # The move is recorded late: the meeting of May already counts under the old committee.
    place(cell, under=new, hierarchy=book.hierarchy, on=date(2023, 5, 1), at=NOW, today=TODAY)
    fold()
    assert (kept(book)[0, old.pk, "test_held"], kept(book)[0, new.pk, "test_held"]) == (1, 1)
    assert kept(book)[0, units["district"].pk, "test_held"] == 2
    assert kept(book) == recount(book.pk)


@pytest.mark.parametrize("more", [0, 20])
def test_folding_reads_only_what_lies_above(db, more, django_assert_num_queries) -> None:
    units, book = a_small_city(), a_book()
    for _n in range(more):
        a_unit(under=units["committee_b"])
    fold()
    with transaction.atomic():
        post(book, HELD, unit=units["cell_a1"], on=TODAY, at=NOW, cause=units["cell_a1"], by=None)
    # Entries, changes of the tree twice, four levels, known totals, totals, paths; and the savepoint around them.
    with django_assert_num_queries(12 if connection.vendor == "sqlite" else 13):  # a server also gives the lock
        assert fold() == 1


class RandomHistories(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["post", "post", "post", "reverse", "move", "fold"]),
                st.integers(0, 7),
                st.integers(0, 7),
                st.integers(-60, 60),
            ),
            max_size=25,
        )
    )
    def test_totals_equal_a_recount_after_any_history(self, events: list[tuple[str, int, int, int]]) -> None:
        units, book = list(a_small_city().values()), a_book()
        posted: list[Entry] = []
        for what, one, other, days in events:
            unit, on = units[one], TODAY + timedelta(days=days)
            match what:
                case "post":
                    entry = post(book, HELD, unit=unit, on=on, at=NOW, cause=unit, by=None, amount=1 + other)
                    posted.append(entry)
                case "reverse" if posted:
                    reverse(posted.pop(one % len(posted)), at=NOW, by=None)
                case "move":
                    try:
                        with transaction.atomic():
                            place(unit, under=units[other], hierarchy=book.hierarchy, on=on, at=NOW, today=TODAY)
                    except (NotATree, ValueError):
                        pass
                case "fold":
                    fold(limit=3)
        fold_all()
        assert kept(book) == recount(book.pk)
