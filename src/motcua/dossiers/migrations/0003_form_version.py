"""The version of the form that a dossier was filed with; null: it answered the questions of its offering."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('dossiers', '0002_registers'), ('procedures', '0002_eforms')]

    operations = [
        migrations.AddField(
            'dossier', 'form_version',
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.formversion'),
        ),
    ]
