from datetime import date

import pytest

from thongsuot.people.importing import import_people
from thongsuot.people.models import Account, Person
from thongsuot.units.importing import import_units
from thongsuot.units.models import Unit
from thongsuot.units.testing import NOW, TODAY, a_hierarchy, a_kind
from thongsuot.web.errors import Refused

pytestmark = pytest.mark.django_db
UNITS = """Tên tổ chức;Loại hình;Trực thuộc;Mã;Ngày thành lập
Đảng bộ Phường Thử;base_committee;;P1;01/02/2020
Chi bộ 1;Chi bộ trực thuộc;P1;C1;
Chi bộ 2;cell;Đảng bộ Phường Thử;C2;2021-03-04
"""


def a_list(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def units_of(tmp_path, text=UNITS, **more):
    for slug in ("base_committee", "cell"):
        a_kind(slug)
    return import_units(
        a_list(tmp_path, text), hierarchy=a_hierarchy(), on=date(2020, 1, 1), at=NOW, today=TODAY, **more
    )


def people_of(tmp_path, text, **more):
    return import_people(a_list(tmp_path, text), hierarchy=a_hierarchy(), on=date(2022, 1, 1), at=NOW, **more)


def test_a_list_of_units_becomes_a_tree_and_a_second_time_nothing_new(tmp_path):
    assert units_of(tmp_path).made == 3
    committee = Unit.objects.get(name="Đảng bộ Phường Thử")
    assert Unit.objects.below(committee).count() == 3
    again = units_of(tmp_path)
    assert (again.made, len(again.notes)) == (0, 3)


def test_a_dry_run_writes_nothing(tmp_path):
    assert units_of(tmp_path, dry_run=True).made == 3
    assert not Unit.objects.exists()


def test_one_wrong_row_keeps_all_out_and_each_is_named(tmp_path):
    wrong = UNITS + "Chi bộ 3;quán cà phê;P1;;\nChi bộ 4;cell;Đâu đó;;\nChi bộ 5;cell;P1;;32/13/2020\n"
    found = units_of(tmp_path, wrong)
    assert (len(found.errors), Unit.objects.count()) == (3, 0)
    assert "5" in found.errors[0]


@pytest.mark.parametrize("content", ["", "Một;Hai\n1;2\n", "\x00\x01", "PK không phải Excel"])
def test_an_unreadable_list_gets_a_sentence(tmp_path, content):
    with pytest.raises(Refused):
        units_of(tmp_path, content)


def test_a_list_not_in_utf8_gets_a_sentence(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Tên,Loại\nĐảng".encode("utf-16"))
    with pytest.raises(Refused):
        import_units(path, hierarchy=a_hierarchy(), on=TODAY, at=NOW, today=TODAY)


def test_people_come_with_membership_office_and_account(tmp_path):
    units_of(tmp_path)
    text = (
        "Họ và tên,Chi bộ,Diện,Chức vụ,Tên đăng nhập\nTrần  Văn An,Chi bộ 1,,Bí thư,an\nLê Thị Bình,chi bo 2,Dự bị,,\n"
    )
    assert people_of(tmp_path, text).made == 2
    an = Person.objects.get(full_name="Trần Văn An")
    assert (an.offices.get().role, an.memberships.get().kind, Account.objects.get().username) == ("head", "full", "an")
    binh = Person.objects.get(full_name="Lê Thị Bình")
    assert binh.memberships.get().kind == "probationary"


def test_wrong_people_are_named_by_row(tmp_path):
    units_of(tmp_path)
    text = "Họ và tên,Chi bộ,Chức vụ\nA B,Chi bộ 9,\nC D,Chi bộ 1,vua\nE F,Đảng bộ Phường Thử,\n,Chi bộ 1,\n"
    found = people_of(tmp_path, text)
    assert (len(found.errors), Person.objects.count()) == (4, 0)
