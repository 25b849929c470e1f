"""Redesigns of procedures: before and after, tied to their decisions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0004_publication_days"),
        ("workflow", "0003_branches_and_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Reengineering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision_number", models.CharField(max_length=100)),
                ("decided_on", models.DateField()),
                ("iso_reference", models.CharField(blank=True, max_length=120)),
                ("summary", models.CharField(max_length=1000)),
                ("steps_before", models.PositiveSmallIntegerField()),
                ("steps_after", models.PositiveSmallIntegerField()),
                ("papers_before", models.PositiveSmallIntegerField()),
                ("papers_after", models.PositiveSmallIntegerField()),
                ("limit_before", models.PositiveSmallIntegerField()),
                ("limit_after", models.PositiveSmallIntegerField()),
                ("limit_unit", models.CharField(max_length=30)),
                ("activities_before", models.JSONField(default=list)),
                ("activities_after", models.JSONField(default=list)),
                ("written_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("procedure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reengineerings", to="procedures.procedure")),
                ("route_after", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.route")),
                ("route_before", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.route")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("procedure", "decision_number"), name="reengineering_once_a_decision")],
            },
        ),
    ]
