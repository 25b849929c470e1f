"""Sets of criteria, rounds, assessments with their scores and evidence, publications, grades."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_documents'),
        ('organizations', '0004_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='CriteriaSetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField()),
                ('unit_kinds', models.JSONField(default=list)),
                ('definition', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=40)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessments.criteriaset')),
            ],
        ),
        migrations.CreateModel(
            name='GradeList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('period', models.CharField(max_length=8)),
                ('made_from', models.CharField(max_length=60)),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=40)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.CharField(blank=True, max_length=40)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='GradedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.DecimalField(blank=True, decimal_places=5, max_digits=10, null=True)),
                ('proposed', models.CharField(blank=True, max_length=20)),
                ('reasons', models.JSONField(default=list)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('override_reason', models.CharField(blank=True, max_length=1000)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=40)),
                ('reward', models.CharField(blank=True, max_length=200)),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('grade_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grades', to='assessments.gradelist')),
            ],
        ),
        migrations.CreateModel(
            name='GradeScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('basis', models.CharField(default='round', max_length=10)),
                ('definition', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='grade_scheme_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='grade_scheme_days_in_order')],
            },
        ),
        migrations.AddField(
            model_name='gradelist',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='assessments.gradescheme'),
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('period', models.CharField(max_length=8)),
                ('self_score_by', models.DateField()),
                ('verify_by', models.DateField()),
                ('explain_by', models.DateField()),
                ('publish_by', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=40)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='assessments.criteriasetversion')),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=40)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='assessments.round')),
            ],
            options={
                'ordering': ['-published_at', '-edition'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='open', max_length=12)),
                ('first_sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('final_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('points', models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ('most', models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ('scaled', models.DecimalField(blank=True, decimal_places=5, max_digits=10, null=True)),
                ('share', models.DecimalField(blank=True, decimal_places=5, max_digits=10, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='organizations.unit')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='assessments.round')),
            ],
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=40)),
                ('measured', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('lineage', models.JSONField(default=dict)),
                ('self_choice', models.CharField(blank=True, max_length=2)),
                ('self_value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('self_points', models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ('is_not_applicable', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('scored_at', models.DateTimeField(blank=True, null=True)),
                ('scored_by', models.CharField(blank=True, max_length=40)),
                ('verified_points', models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ('verified_not_applicable', models.BooleanField(default=False)),
                ('verified_reason', models.CharField(blank=True, max_length=1000)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('verified_by', models.CharField(blank=True, max_length=40)),
                ('explanation', models.CharField(blank=True, max_length=2000)),
                ('explained_at', models.DateTimeField(blank=True, null=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='assessments.assessment')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.CharField(blank=True, max_length=500)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=40)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('score', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='assessments.score')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ('is_not_applicable', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=40)),
                ('score', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='assessments.score')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='criteriasetversion',
            constraint=models.UniqueConstraint(fields=('set', 'number'), name='criteria_version_once'),
        ),
        migrations.AddConstraint(
            model_name='gradedpost',
            constraint=models.UniqueConstraint(fields=('grade_list', 'unit', 'head'), name='grade_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='gradedpost',
            constraint=models.CheckConstraint(condition=models.Q(('grade', models.F('proposed')), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='grade_has_reason'),
        ),
        migrations.AddIndex(
            model_name='gradelist',
            index=models.Index(fields=['-made_at'], name='grade_lists_newest'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['-opened_at'], name='assessment_rounds_newest'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('verify_by__gte', models.F('self_score_by')), ('explain_by__gte', models.F('verify_by')), ('publish_by__gte', models.F('explain_by'))), name='assessment_round_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('round', 'edition'), name='assessment_edition_once'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['unit', 'state'], name='assessments_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='assessment_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('assessment', 'criterion'), name='assessment_score_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('link', ''), ('subject', '')), models.Q(('file__isnull', True), ('subject', ''), models.Q(('link', ''), _negated=True)), models.Q(('file__isnull', True), ('link', ''), models.Q(('subject', ''), _negated=True)), _connector='OR'), name='assessment_evidence_is_one_thing'),
        ),
    ]
