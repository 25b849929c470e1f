"""Filings that were begun: kept across sessions until they are filed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0003_form_version'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FilingDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=20)),
                ('unit', models.CharField(max_length=40)),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('values', models.JSONField(default=dict)),
                ('files', models.JSONField(default=list)),
                ('ready', models.JSONField(default=dict)),
                ('changed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='filing_drafts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            'filingdraft', models.UniqueConstraint(fields=['account', 'procedure', 'unit'], name='filing_draft_once'),
        ),
    ]
