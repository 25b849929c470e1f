"""Who asks, as people type it without diacritics, folded once by the database. Rewrites the table of dossiers."""

import django.db.models.expressions
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0001_facts"), ("dossiers", "0009_uncollected")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="who_folded",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.Func(
                    django.db.models.functions.text.Concat(
                        models.F("applicant_name"), models.Value(" "), models.F("organisation_name")
                    ),
                    function="motcua_fold",
                ),
                output_field=models.TextField(),
            ),
        ),
    ]
