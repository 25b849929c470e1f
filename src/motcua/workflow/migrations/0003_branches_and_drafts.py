"""Routes may fork, depend on answers and be drafted; a run has a row for each branch that runs beside it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_organizations"), ("workflow", "0002_run_legal_minutes")]
    operations = [
        migrations.AddField("route", "drawing", models.TextField(blank=True, default="")),
        migrations.AddField("routestep", "fork", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("routestep", "branch", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("routestep", "condition", models.CharField(blank=True, default="", max_length=500)),
        migrations.AddField("routestep", "signs", models.BooleanField(default=False)),
        migrations.AddField("routestep", "may_ask_supplement", models.BooleanField(default=True)),
        migrations.AddField("routestep", "needs_payment", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "routestep",
            models.CheckConstraint(
                condition=models.Q(fork=0, branch=0) | models.Q(fork__gt=0, branch__gt=0), name="route_step_branch"
            ),
        ),
        migrations.AlterField("run", "subject", models.CharField(max_length=80)),
        migrations.AddField("run", "branch", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("run", "open_branches", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("run", "is_at_join", models.BooleanField(default=False)),
        migrations.AddField(
            "run",
            "skips",
            django.contrib.postgres.fields.ArrayField(
                models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            "run", models.UniqueConstraint(fields=["subject", "branch"], name="run_once_for_each_branch")
        ),
        migrations.CreateModel(
            name="RouteDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("steps", models.JSONField(default=list)),
                ("drawing", models.TextField(blank=True, default="")),
                ("changed_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.account"
                    ),
                ),
            ],
        ),
    ]
