"""Tables of reports."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_organizations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
                ('regime', models.CharField(max_length=40)),
                ('period', models.CharField(max_length=10)),
                ('appendices', models.JSONField()),
                ('state', models.CharField(default='draft', max_length=12)),
                ('return_reason', models.CharField(blank=True, max_length=1000)),
                ('opened_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ReportCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appendix', models.PositiveSmallIntegerField()),
                ('row', models.CharField(max_length=20)),
                ('measured', models.CharField(blank=True, max_length=40)),
                ('lineage', models.JSONField(default=dict)),
                ('typed', models.CharField(blank=True, max_length=4000)),
                ('is_typed', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(blank=True, max_length=40)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='reports.report')),
            ],
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['unit', '-opened_at'], name='report_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('regime', 'unit', 'period'), name='report_once'),
        ),
        migrations.AddConstraint(
            model_name='reportcell',
            constraint=models.UniqueConstraint(fields=('report', 'appendix', 'row'), name='report_cell_once'),
        ),
    ]
