"""Tables of dossiers."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_documents'),
        ('organizations', '0001_organizations'),
        ('procedures', '0001_procedures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('channel', models.CharField(max_length=12)),
                ('state', models.CharField(default='filed', max_length=24)),
                ('applicant_name', models.CharField(max_length=200)),
                ('identity_number', models.CharField(blank=True, max_length=20)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.CharField(blank=True, max_length=250)),
                ('request_text', models.CharField(blank=True, max_length=1000)),
                ('answers', models.JSONField(default=dict)),
                ('filed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('first_due_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('is_on_time', models.BooleanField(blank=True, null=True)),
                ('has_fee', models.BooleanField(default=False)),
                ('is_paid_online', models.BooleanField(default=False)),
                ('is_digitised', models.BooleanField(default=False)),
                ('is_satisfied', models.BooleanField(blank=True, null=True)),
                ('result_text', models.CharField(blank=True, max_length=1000)),
                ('end_reason', models.CharField(blank=True, max_length=1000)),
                ('applicant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to=settings.AUTH_USER_MODEL)),
                ('competent_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.offering')),
                ('receiving_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('result_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
            ],
        ),
        migrations.CreateModel(
            name='DossierPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component_name', models.TextField()),
                ('is_original', models.BooleanField(default=False)),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('added_at', models.DateTimeField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='dossiers.dossier')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='SupplementRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('items', models.TextField()),
                ('reason', models.TextField()),
                ('requested_at', models.DateTimeField()),
                ('requested_by', models.CharField(max_length=40)),
                ('supplied_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='supplement', to='dossiers.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='DailyNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('last', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='daily_number_once')],
            },
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['competent_unit', '-received_at'], name='dossier_of_unit'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['receiving_unit', '-filed_at'], name='dossier_at_counter'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['applicant', '-filed_at'], name='dossier_of_applicant'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['decided_at'], name='dossier_decided'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['received_at'], name='dossier_received'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'refused', 'withdrawn']), ('received_at__isnull', False), _connector='OR'), name='dossier_received_before_handled'),
        ),
    ]
