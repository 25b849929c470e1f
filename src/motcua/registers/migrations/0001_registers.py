"""Registers, their versions, entries with every change of them, trusts and drafts of imports."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0004_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('prefix', models.CharField(max_length=8, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('basis', models.CharField(blank=True, max_length=2000)),
                ('capability', models.CharField(blank=True, max_length=60)),
                ('is_public', models.BooleanField(default=False)),
                ('is_confidential', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('rows', models.JSONField()),
                ('made_by', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.unit')),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registers.register')),
            ],
        ),
        migrations.CreateModel(
            name='RegisterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('data', models.JSONField()),
                ('source', models.CharField(max_length=2000)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, max_length=40)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='registers.register')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True)),
                ('on', models.DateField()),
                ('state', models.CharField(max_length=40)),
                ('state_kind', models.CharField(max_length=8)),
                ('title', models.CharField(max_length=300)),
                ('values', models.JSONField(default=dict)),
                ('words', models.TextField(blank=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('kept_by', models.CharField(blank=True, max_length=40)),
                ('kept_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='registers.register')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.registerversion')),
            ],
        ),
        migrations.CreateModel(
            name='Trust',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_by', models.CharField(blank=True, max_length=40)),
                ('given_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trusts', to='registers.register')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=40)),
                ('deed', models.CharField(max_length=10)),
                ('move', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(max_length=40)),
                ('values', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='registers.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'number'), name='entry_version_once')],
            },
        ),
        migrations.CreateModel(
            name='LastNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registers.register')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'year'), name='register_last_number_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.UniqueConstraint(fields=('register', 'number'), name='register_version_once'),
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('register', 'valid_from'), name='register_version_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['register', '-on', '-id'], name='entry_of_register'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['unit', 'register', 'on'], name='entry_of_unit'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('due_on__isnull', False)), fields=['due_on'], name='entry_due'),
        ),
        migrations.AddConstraint(
            model_name='trust',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('register', 'account', 'unit'), name='register_trust_once'),
        ),
    ]
