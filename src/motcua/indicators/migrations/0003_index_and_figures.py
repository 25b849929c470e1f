"""Typed figures, the index as published, and indicators that are put together or typed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0002_kept_cells'),
        ('organizations', '0002_saved_views'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='measure',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.CreateModel(
            name='PublishedIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=8)),
                ('edition', models.PositiveSmallIntegerField()),
                ('version', models.CharField(max_length=20)),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('published_by', models.CharField(max_length=40)),
                ('published_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
            options={
                'ordering': ['-period', '-edition'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'period', 'edition'), name='index_edition_once')],
            },
        ),
        migrations.CreateModel(
            name='TypedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=80)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('part', models.DecimalField(decimal_places=2, max_digits=18)),
                ('whole', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('source', models.CharField(max_length=300)),
                ('entered_by', models.CharField(max_length=40)),
                ('entered_at', models.DateTimeField()),
                ('verified_by', models.CharField(blank=True, max_length=40)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('refused_for', models.CharField(blank=True, max_length=300)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
            options={
                'ordering': ['-entered_at', '-id'],
                'indexes': [models.Index(fields=['what', 'unit', 'first_day'], name='typed_figure_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('part__gte', 0), models.Q(('whole__isnull', True), ('whole__gte', 0), _connector='OR')), name='typed_figure_not_negative'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='typed_figure_days_in_order'), models.CheckConstraint(condition=models.Q(('verified_by', models.F('entered_by')), _negated=True), name='typed_figure_by_two_people')],
            },
        ),
    ]
