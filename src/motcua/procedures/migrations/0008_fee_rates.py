"""Fee rates by place, channel and day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_saved_views'),
        ('procedures', '0007_redesigns_corrected'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_kind', models.CharField(blank=True, max_length=20)),
                ('channel', models.CharField(blank=True, max_length=12)),
                ('amount', models.BigIntegerField()),
                ('basis', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('added_by', models.CharField(blank=True, max_length=40)),
                ('added_at', models.DateTimeField()),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followers', to='procedures.feerate')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fee_rates', to='procedures.procedure')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
            ],
            options={
                'ordering': ['procedure__code', 'unit_kind', 'unit__code', 'channel', '-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='fee_rate_is_no_gift'), models.CheckConstraint(condition=models.Q(('unit__isnull', True), ('unit_kind', ''), _connector='OR'), name='fee_rate_has_one_place'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='fee_rate_dates_in_order'), models.UniqueConstraint(fields=('procedure', 'unit', 'unit_kind', 'channel', 'valid_from'), name='fee_rate_once', nulls_distinct=False)],
            },
        ),
    ]
