"""The title as people type it without diacritics, folded once by the database. Rewrites the table of runs."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0001_facts"), ("workflow", "0005_my_work_by_step")]
    operations = [
        migrations.AddField(
            model_name="run",
            name="title_folded",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.Func(models.F("title"), function="motcua_fold"),
                output_field=models.TextField(),
            ),
        ),
    ]
