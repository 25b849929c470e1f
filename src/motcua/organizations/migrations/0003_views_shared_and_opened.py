"""Saved filters that a head shares with a unit, and the one a list opens with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_saved_views")]
    operations = [
        migrations.AddField(model_name="account", name="opens_with", field=models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            model_name="savedview",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organizations.unit",
            ),
        ),
    ]
