"""An empty installation gets its tree and kinds of unit, and then its units from a list."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from thongsuot.units.models import Hierarchy, Unit, UnitKind

pytestmark = pytest.mark.django_db


def begin(*arguments):
    call_command("new_tree", *arguments, stdout=StringIO())


def test_a_tree_is_begun_and_filled_from_a_list(tmp_path):
    begin()
    assert Hierarchy.objects.get().label_set == "party"
    units = tmp_path / "units.csv"
    units.write_text(
        "Tên tổ chức,Loại hình,Trực thuộc\n"
        'Thành uỷ A,"Tỉnh uỷ, thành uỷ",\n'
        'Đảng bộ phường B,"Đảng bộ xã, phường, đặc khu",Thành uỷ A\n'
        "Chi bộ C,Chi bộ trực thuộc,Đảng bộ phường B\n"
    )
    call_command("import_units", units, stdout=StringIO())
    assert Unit.objects.count() == 3
    assert UnitKind.objects.get(slug="cell").has_members


def test_a_tree_is_begun_once_and_kinds_that_stand_stay():
    UnitKind.objects.create(slug="cell", name="Tổ đảng", rank=9, issuer_code="TĐ")
    begin()
    assert UnitKind.objects.get(slug="cell").name == "Tổ đảng"
    with pytest.raises(CommandError):
        begin()


@pytest.mark.parametrize("content", ["", "kind = 3", "[[kind]]\nslug = 'a'", "not toml = =", None])
def test_a_file_of_kinds_that_cannot_be_used_leaves_nothing(tmp_path, content):
    kinds = tmp_path / "kinds.toml"
    if content is not None:
        kinds.write_text(content)
    with pytest.raises(CommandError):
        begin("company", "--labels", "enterprise", "--kinds", str(kinds))
    with pytest.raises(CommandError):
        begin("company", "--labels", "enterprise")
    assert (Hierarchy.objects.count(), UnitKind.objects.count()) == (0, 0)
