"""Tables of plans, tasks, assignments, progress and targets."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_documents'),
        ('organizations', '0001_organizations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('issuer', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=1000)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('year', models.PositiveSmallIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('assigner', models.CharField(max_length=12)),
                ('is_reform', models.BooleanField(default=False)),
                ('state', models.CharField(default='draft', max_length=12)),
                ('lines', models.JSONField(default=list)),
                ('reading', models.JSONField(default=dict)),
                ('acknowledged', models.JSONField(default=list)),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organizations.unit')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='plans.plan')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField()),
                ('section_path', models.JSONField(default=list)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('text', models.TextField(blank=True)),
                ('product', models.TextField(blank=True)),
                ('lead_text', models.TextField(blank=True)),
                ('coordinating_text', models.TextField(blank=True)),
                ('lead', models.JSONField(default=list)),
                ('coordinating', models.JSONField(default=list)),
                ('unresolved', models.JSONField(default=list)),
                ('deadline_text', models.CharField(blank=True, max_length=500)),
                ('deadline_kind', models.CharField(max_length=12)),
                ('deadline_reading', models.CharField(blank=True, max_length=600)),
                ('deadline', models.JSONField(default=dict)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('target_on', models.DateField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('line_start', models.PositiveIntegerField(default=0)),
                ('line_end', models.PositiveIntegerField(default=0)),
                ('confidence', models.FloatField(default=1.0)),
                ('warnings', models.JSONField(default=list)),
                ('is_damaged', models.BooleanField(default=False)),
                ('is_checked', models.BooleanField(default=False)),
                ('is_dropped', models.BooleanField(default=False)),
                ('original', models.JSONField(default=dict)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(blank=True, max_length=40)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=12)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('on_day', models.DateField(blank=True, null=True)),
                ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('link', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='plans.task')),
            ],
        ),
        migrations.CreateModel(
            name='PlanTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
                ('position', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('unit', models.CharField(blank=True, max_length=80)),
                ('comparator', models.CharField(max_length=4)),
                ('scope', models.CharField(blank=True, max_length=500)),
                ('tier', models.CharField(blank=True, max_length=20)),
                ('line', models.PositiveIntegerField(default=0)),
                ('is_exception', models.BooleanField(default=False)),
                ('duplicate_of', models.CharField(blank=True, max_length=80)),
                ('formula', models.TextField(blank=True)),
                ('indicator', models.CharField(blank=True, max_length=60)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plans.task')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_lead', models.BooleanField()),
                ('named_as', models.CharField(blank=True, max_length=300)),
                ('origin', models.CharField(max_length=12)),
                ('reported_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organizations.unit')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='plans.task')),
            ],
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['holder', '-opened_at'], name='plan_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='plan_period_in_order'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['plan', 'position'], name='task_in_order'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due_on'], name='task_due'),
        ),
        migrations.AddIndex(
            model_name='progress',
            index=models.Index(fields=['task', 'id'], name='progress_in_order'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.CheckConstraint(condition=models.Q(('percent__isnull', True), ('percent__lte', 100), _connector='OR'), name='progress_percent_in_range'),
        ),
        migrations.AddIndex(
            model_name='plantarget',
            index=models.Index(fields=['task', 'position'], name='target_in_order'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['unit', 'task'], name='assignment_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('task', 'unit'), name='assignment_once'),
        ),
    ]
