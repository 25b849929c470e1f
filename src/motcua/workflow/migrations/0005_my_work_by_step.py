"""My work is sorted by when the step is due, no longer by when the whole is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_run_counter")]
    operations = [
        migrations.RemoveIndex(model_name="run", name="run_my_work"),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                fields=["unit", "role", "step_due_at", "id"],
                name="run_my_work",
                condition=models.Q(("state", "open")),
            ),
        ),
    ]
