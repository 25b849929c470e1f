"""Orders at gateways, what they told, receipts, refunds, statements."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_saved_views'),
        ('payments', '0001_payments'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectingAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank_bin', models.CharField(max_length=6)),
                ('bank_name', models.CharField(max_length=100)),
                ('account_number', models.CharField(max_length=19)),
                ('account_name', models.CharField(max_length=100)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('added_by', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=20)),
                ('day', models.DateField()),
                ('kind', models.CharField(max_length=20)),
                ('number', models.CharField(max_length=80)),
                ('order_number', models.CharField(blank=True, max_length=60)),
                ('theirs', models.BigIntegerField(blank=True, null=True)),
                ('ours', models.BigIntegerField(blank=True, null=True)),
                ('found_at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=20)),
                ('origin', models.CharField(max_length=12)),
                ('order_number', models.CharField(blank=True, db_index=True, max_length=60)),
                ('body', models.TextField()),
                ('is_signed', models.BooleanField()),
                ('verdict', models.CharField(max_length=20)),
                ('received_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True)),
                ('gateway', models.CharField(max_length=20)),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(default='open', max_length=10)),
                ('pay_url', models.CharField(blank=True, max_length=500)),
                ('asked_by', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField()),
                ('amount', models.BigIntegerField()),
                ('method', models.CharField(max_length=20)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.CharField(blank=True, max_length=40)),
                ('printed', models.PositiveIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=40)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='ReceiptSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True)),
                ('method', models.CharField(max_length=20)),
                ('amount', models.BigIntegerField()),
                ('cause', models.CharField(max_length=500)),
                ('state', models.CharField(default='asked', max_length=12)),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('failure', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=20)),
                ('day', models.DateField()),
                ('text', models.TextField()),
                ('origin', models.CharField(max_length=12)),
                ('loaded_by', models.CharField(blank=True, max_length=40)),
                ('loaded_at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=True)),
                ('payments', models.PositiveIntegerField()),
                ('refunds', models.PositiveIntegerField()),
                ('amount', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=8)),
                ('number', models.CharField(db_index=True, max_length=80)),
                ('order_number', models.CharField(max_length=60)),
                ('amount', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Transaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=20)),
                ('number', models.CharField(max_length=80)),
                ('order_number', models.CharField(max_length=60)),
                ('amount', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('verdict', models.CharField(max_length=16)),
                ('origin', models.CharField(max_length=12)),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='fee',
            name='counter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddField(
            model_name='fee',
            name='link',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='fee',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddIndex(
            model_name='fee',
            index=models.Index(fields=['counter', '-paid_at'], name='fee_paid_at_counter'),
        ),
        migrations.AddIndex(
            model_name='fee',
            index=models.Index(condition=models.Q(('paid_at', None)), fields=['counter', '-asked_at'], name='fee_unpaid_at_counter'),
        ),
        migrations.AddIndex(
            model_name='fee',
            index=models.Index(condition=models.Q(('reference', ''), _negated=True), fields=['reference'], name='fee_by_reference'),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddIndex(
            model_name='difference',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['gateway', 'day'], name='difference_open'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.UniqueConstraint(fields=('gateway', 'day', 'kind', 'number'), name='difference_once'),
        ),
        migrations.AddField(
            model_name='order',
            name='fee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='payments.fee'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='fee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payments.fee'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddField(
            model_name='receiptseries',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddField(
            model_name='refund',
            name='fee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.fee'),
        ),
        migrations.AddField(
            model_name='refund',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('gateway', 'day'), name='one_statement_a_day'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.statement'),
        ),
        migrations.AddField(
            model_name='transaction',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transactions', to='payments.order'),
        ),
        migrations.AddField(
            model_name='refund',
            name='transaction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.transaction'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['created_at'], name='order_open'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('fee',), name='one_open_order_per_fee'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'sequence'), name='receipt_number_once'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('fee',), name='one_receipt_in_force'),
        ),
        migrations.AddConstraint(
            model_name='receiptseries',
            constraint=models.UniqueConstraint(fields=('unit', 'year'), name='receipt_series_once'),
        ),
        migrations.AddIndex(
            model_name='transaction',
            index=models.Index(fields=['gateway', 'at'], name='transaction_of_day'),
        ),
        migrations.AddConstraint(
            model_name='transaction',
            constraint=models.UniqueConstraint(fields=('gateway', 'number'), name='transaction_once'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['state', 'asked_at'], name='refund_by_state'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'turned_down'), _negated=True), ('transaction', None)), fields=('fee',), name='fee_refunded_once'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'turned_down'), _negated=True), fields=('transaction',), name='transaction_refunded_once'),
        ),
    ]
