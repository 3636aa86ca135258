"""Fill the keys of order anew: "An" now stands before "Ánh", and unit 2 before unit 10."""

from django.db import migrations

from thongsuot.viet.text import sort_key


def fill(apps, schema_editor):
    rows = apps.get_model("units", "Unit").objects
    waiting = []
    for row in rows.only("pk", "name").iterator(2000):
        row.sort_key = sort_key(row.name)[:700]
        waiting.append(row)
        if len(waiting) == 2000:
            rows.bulk_update(waiting, ["sort_key"])
            waiting = []
    rows.bulk_update(waiting, ["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
