"""What another index begins with, and what most rows lack, is not indexed again: every filing writes each index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_documents'),
        ('dossiers', '0010_who_folded'),
        ('organizations', '0004_sessions'),
        ('procedures', '0008_fee_rates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_at_counter',
        ),
        migrations.AlterField(
            model_name='dossier',
            name='applicant',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='competent_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='form_version',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.formversion'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='receiving_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='result_file',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AlterField(
            model_name='dossierpaper',
            name='file',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('form_version__isnull', False)), fields=['form_version'], name='dossier_of_form'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('result_file__isnull', False)), fields=['result_file'], name='dossier_of_result'),
        ),
        migrations.AddIndex(
            model_name='dossierpaper',
            index=models.Index(condition=models.Q(('file__isnull', False)), fields=['file'], name='paper_of_file'),
        ),
    ]
