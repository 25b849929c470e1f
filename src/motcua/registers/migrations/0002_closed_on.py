"""The day an entry was done, so that what was done in a period can be counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_registers")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="closed_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
