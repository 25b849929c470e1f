"""Tables of indicators."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_organizations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=300)),
                ('measure', models.CharField(max_length=80)),
                ('formula', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='indicator_version_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='indicator_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_by', models.CharField(max_length=80)),
                ('words', models.CharField(max_length=500)),
                ('unit_kind', models.CharField(blank=True, max_length=20)),
                ('comparator', models.CharField(max_length=2)),
                ('value', models.DecimalField(decimal_places=2, max_digits=9)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='indicators.indicator')),
                ('scope_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('set_by', 'indicator', 'unit_kind'), name='target_once'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='target_period_in_order')],
            },
        ),
    ]
