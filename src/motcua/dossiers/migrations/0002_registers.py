"""Indexes that the registers page through, and why a proposal was given back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_dossiers")]
    operations = [
        migrations.AddField("dossier", "review_note", models.CharField(blank=True, default="", max_length=500),
                            preserve_default=False),
        migrations.AddIndex("dossier", models.Index(
            fields=["competent_unit", "-filed_at", "-id"], name="dossier_register_unit")),
        migrations.AddIndex("dossier", models.Index(
            fields=["receiving_unit", "-filed_at", "-id"], name="dossier_register_counter")),
        migrations.AddIndex("dossier", models.Index(fields=["-filed_at", "-id"], name="dossier_register")),
    ]
