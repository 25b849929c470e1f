"""Tables of payments."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80, unique=True)),
                ('amount', models.BigIntegerField()),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('method', models.CharField(blank=True, max_length=20)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('taken_by', models.CharField(blank=True, max_length=40)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='fee_is_an_amount'), models.CheckConstraint(condition=models.Q(('paid_at__isnull', True), models.Q(('method', ''), _negated=True), _connector='OR'), name='fee_paid_by_a_method')],
            },
        ),
    ]
