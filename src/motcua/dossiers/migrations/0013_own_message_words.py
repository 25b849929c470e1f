"""What applicants are told, in the province's own words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_own_result_templates")]
    operations = [
        migrations.CreateModel(
            name="OwnMessageWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=60)),
                ("channel", models.CharField(max_length=12)),
                ("valid_from", models.DateField()),
                ("text", models.CharField(blank=True, max_length=500)),
                ("source", models.CharField(max_length=300)),
                ("set_by", models.CharField(max_length=40)),
                ("set_at", models.DateTimeField()),
                ("dropped_by", models.CharField(blank=True, max_length=40)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-valid_from", "-id"],
                "indexes": [
                    models.Index(fields=["event", "channel", "valid_from"], name="own_message_words_by_event")
                ],
            },
        ),
    ]
