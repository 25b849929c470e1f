"""Versions of electronic forms."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [('procedures', '0001_procedures')]

    operations = [
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('schema', models.JSONField()),
                ('layout', models.JSONField()),
                ('source', models.CharField(blank=True, max_length=300)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('made_by', models.CharField(blank=True, max_length=40)),
                ('published_by', models.CharField(blank=True, max_length=40)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='procedures.procedure')),
                ('published_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
            ],
            options={'ordering': ['procedure', '-number']},
        ),
        migrations.AddConstraint('formversion', models.UniqueConstraint(fields=['procedure', 'number'], name='form_number_once')),
        migrations.AddConstraint('formversion', models.UniqueConstraint(fields=['procedure'], condition=Q(state='draft'), name='form_one_draft')),
        migrations.AddConstraint('formversion', models.UniqueConstraint(fields=['procedure', 'valid_from'], name='form_one_a_day')),
        migrations.AddConstraint('formversion', models.CheckConstraint(condition=Q(state='draft', valid_from__isnull=True) | Q(state='published', valid_from__isnull=False), name='form_dates_when_published')),
        migrations.AddConstraint('formversion', models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F('valid_from')), name='form_dates_in_order')),
    ]
