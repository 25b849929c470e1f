"""Halls, windows, tickets and turns."""

import django.db.models.deletion
import motcua.queues.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0003_views_shared_and_opened'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_in_use', models.BooleanField(default=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('minute', models.BigIntegerField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'minute'), name='queue_request_count_once')],
            },
        ),
        migrations.CreateModel(
            name='ServiceGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=2)),
                ('name', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('usual_minutes', models.PositiveSmallIntegerField(default=10)),
                ('appointments', models.PositiveSmallIntegerField(default=0)),
                ('is_in_use', models.BooleanField(default=True)),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='queues.hall')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=motcua.queues.models.new_ticket_code, max_length=20, unique=True)),
                ('day', models.DateField()),
                ('label', models.CharField(max_length=10)),
                ('channel', models.CharField(max_length=12)),
                ('priority', models.CharField(blank=True, max_length=30)),
                ('state', models.CharField(default='waiting', max_length=12)),
                ('is_passed_on', models.BooleanField(default=False)),
                ('booked_at', models.DateTimeField(blank=True, null=True)),
                ('appointed_at', models.DateTimeField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('lined_up_at', models.DateTimeField(blank=True, null=True)),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('waited_seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('is_within_limit', models.BooleanField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.servicegroup')),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='queues.hall')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Window',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='closed', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('is_in_use', models.BooleanField(default=True)),
                ('groups', models.ManyToManyField(related_name='windows', to='queues.servicegroup')),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='queues.hall')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_favoured', models.BooleanField(default=False)),
                ('called_at', models.DateTimeField()),
                ('last_called_at', models.DateTimeField()),
                ('calls', models.PositiveSmallIntegerField(default=1)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=12)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.servicegroup')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='queues.ticket')),
                ('window', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='queues.window')),
            ],
        ),
        migrations.AddField(
            model_name='ticket',
            name='wanted_window',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.window'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='window',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='queues.window'),
        ),
        migrations.CreateModel(
            name='LastNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('series', models.CharField(max_length=4)),
                ('last', models.PositiveIntegerField()),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='queues.hall')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hall', 'day', 'series'), name='queue_last_number_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='servicegroup',
            constraint=models.UniqueConstraint(fields=('hall', 'letter'), name='queue_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(fields=('hall', 'number'), name='queue_window_once'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(fields=('officer',), name='queue_officer_at_one_window'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('officer__isnull', True), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('officer__isnull', False)), _connector='OR'), name='queue_open_window_has_officer'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['window', '-called_at'], name='queue_turns_of_window'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['group', '-ended_at'], name='queue_turns_of_group'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['group', 'lined_up_at', 'id'], name='queue_line'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['hall', 'day'], name='queue_day_of_hall'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['unit', 'taken_at'], name='queue_taken'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['unit', 'called_at'], name='queue_called'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('hall', 'day', 'label'), name='queue_label_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['called', 'serving'])), fields=('window',), name='queue_one_at_a_window'),
        ),
    ]
