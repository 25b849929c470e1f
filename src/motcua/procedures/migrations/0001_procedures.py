"""Tables of procedures."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_organizations'),
        ('workflow', '0001_workflow'),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('name', models.TextField()),
                ('decision_number', models.CharField(blank=True, max_length=200)),
                ('field', models.CharField(db_index=True, max_length=200)),
                ('kind', models.CharField(blank=True, max_length=200)),
                ('issuing_agency', models.CharField(max_length=200)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                ('executing_agencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), default=list, size=None)),
                ('competent_agency', models.TextField(blank=True)),
                ('coordinating_agency', models.TextField(blank=True)),
                ('reception_address', models.TextField(blank=True)),
                ('steps', models.TextField()),
                ('conditions', models.TextField(blank=True)),
                ('channels_text', models.TextField(blank=True)),
                ('components_text', models.TextField(blank=True)),
                ('legal_text', models.TextField(blank=True)),
                ('legal_references', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None)),
                ('online_kind', models.CharField(max_length=10)),
                ('source', models.CharField(max_length=300)),
                ('source_url', models.CharField(blank=True, max_length=300)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('code', models.CharField(blank=True, max_length=40)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='procedures.procedureversion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FilingChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('method', models.CharField(max_length=60)),
                ('limit_value', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('limit_unit', models.CharField(blank=True, max_length=30)),
                ('fee', models.BigIntegerField(null=True)),
                ('note', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='procedures.procedureversion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Component',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('case', models.TextField(blank=True)),
                ('name', models.TextField()),
                ('form', models.CharField(blank=True, max_length=500)),
                ('originals', models.PositiveIntegerField(default=0)),
                ('copies', models.PositiveIntegerField(default=0)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='components', to='procedures.procedureversion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Offering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_kind', models.CharField(blank=True, max_length=20)),
                ('limit_value', models.PositiveSmallIntegerField()),
                ('limit_unit', models.CharField(max_length=30)),
                ('fee', models.BigIntegerField(default=0)),
                ('is_online', models.BooleanField(default=True)),
                ('questions', models.JSONField(default=list)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='workflow.route')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='organizations.unit')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='procedures.procedure')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__isnull', False), models.Q(('unit_kind', ''), _negated=True), _connector='OR'), name='offering_has_a_unit_or_kind'), models.UniqueConstraint(fields=('procedure', 'unit', 'unit_kind', 'valid_from'), name='offering_once', nulls_distinct=False)],
            },
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.UniqueConstraint(fields=('procedure', 'valid_from'), name='procedure_version_once'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='version_dates_in_order'),
        ),
    ]
