"""Steps get an identity, runs of passages, and the words that their curator saw."""

import django.db.models.deletion
from django.db import migrations, models

import thongsuot.units.models


def identify_steps(apps, schema_editor):
    """Each step its own uid; the words of today are taken as those that the curator saw."""
    Passage = apps.get_model("library", "Passage")

    def words(passage):
        found, row = [passage], [passage.pk]
        while row:
            children = list(Passage.objects.filter(parent_id__in=row, is_withdrawn=False))
            found += children
            row = [child.pk for child in children]
        found.sort(key=lambda each: each.position)
        return "\n\n".join(said for each in found if (said := f"{each.heading}\n{each.text}".strip()))

    for step in apps.get_model("campaigns", "TrailStep").objects.select_related("passage"):
        step.uid, step.said = thongsuot.units.models.new_uid(), words(step.passage)
        step.save(update_fields=["uid", "said"])


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("library", "0003_usual_abbreviations")]

    operations = [
        migrations.AddField("topic", "trail_version", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "trailstep",
            "last",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="library.passage",
            ),
        ),
        migrations.AddField("trailstep", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("trailstep", "said", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("trailstep", "taken_out_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "trailstep",
            "introduction",
            models.CharField(blank=True, max_length=400, verbose_name="why read it"),
        ),
        migrations.AlterField(
            "trailstep",
            "introduction_en",
            models.CharField(blank=True, max_length=400, verbose_name="why read it, in English"),
        ),
        migrations.AddField("trailstep", "uid", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(identify_steps, migrations.RunPython.noop),
        migrations.AlterField(
            "trailstep",
            "uid",
            models.UUIDField(default=thongsuot.units.models.new_uid, editable=False, unique=True),
        ),
    ]  # fmt: skip
