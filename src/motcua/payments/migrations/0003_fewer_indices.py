"""What another index begins with, and what most rows lack, is not indexed again: every filing writes each index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_sessions'),
        ('payments', '0002_gateway'),
    ]

    operations = [
        migrations.AlterField(
            model_name='fee',
            name='counter',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
    ]
