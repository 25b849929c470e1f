"""A redesign is corrected by a newer record; only the newest counts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_typed_content")]

    operations = [
        migrations.RemoveConstraint(model_name="reengineering", name="reengineering_once_a_decision"),
        migrations.AddField(
            model_name="reengineering",
            name="replaced_by",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrects",
                to="procedures.reengineering",
            ),
        ),
        migrations.AddConstraint(
            model_name="reengineering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_by__isnull", True)), fields=("procedure", "decision_number"),
                name="reengineering_counts_once_a_decision",
            ),
        ),
    ]  # fmt: skip
