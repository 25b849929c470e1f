"""Runs keep the working minutes of the whole, so that a step's share needs no second look at the limit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_workflow")]
    operations = [
        migrations.AddField("run", "legal_minutes", models.PositiveIntegerField(default=0)),
    ]
