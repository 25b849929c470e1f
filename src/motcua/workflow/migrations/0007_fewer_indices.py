"""What another index begins with, and what most rows lack, is not indexed again: every filing writes each index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0006_title_folded'),
    ]

    operations = [
        migrations.AlterField(
            model_name='holding',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='workflow.run'),
        ),
    ]
