"""Facts, deliveries and seals; the database's own refusal to rewrite history; the fold of Vietnamese text."""

from django.db import migrations, models
import django.db.models.deletion

ACCENTED = {
    "a": "àảãáạăằẳẵắặâầẩẫấậ",
    "d": "đ",
    "e": "èẻẽéẹêềểễếệ",
    "i": "ìỉĩíị",
    "o": "òỏõóọôồổỗốộơờởỡớợ",
    "u": "ùủũúụưừửữứự",
    "y": "ỳỷỹýỵ",
}
LETTERS = "".join(accented + accented.upper() for accented in ACCENTED.values())
BARE = "".join(letter * 2 * len(accented) for letter, accented in ACCENTED.items())

FOLD = f"""
CREATE FUNCTION motcua_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(translate(normalize(value, NFC), '{LETTERS}', '{BARE}'))
"""

# TRUNCATE needs its own statement trigger: row triggers do not see it. Tests flush tables, and say so.
APPEND_ONLY = """
CREATE FUNCTION motcua_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('motcua.tests_may_truncate', true) = 'on' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'facts are append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fact_is_append_only BEFORE UPDATE OR DELETE ON base_fact
    FOR EACH ROW EXECUTE FUNCTION motcua_refuse_rewrite();
CREATE TRIGGER fact_is_not_truncated BEFORE TRUNCATE ON base_fact
    FOR EACH STATEMENT EXECUTE FUNCTION motcua_refuse_rewrite();
CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON base_seal
    FOR EACH ROW EXECUTE FUNCTION motcua_refuse_rewrite();
CREATE TRIGGER seal_is_not_truncated BEFORE TRUNCATE ON base_seal
    FOR EACH STATEMENT EXECUTE FUNCTION motcua_refuse_rewrite();
"""
UNDO_APPEND_ONLY = """
DROP TRIGGER fact_is_append_only ON base_fact; DROP TRIGGER fact_is_not_truncated ON base_fact;
DROP TRIGGER seal_is_append_only ON base_seal; DROP TRIGGER seal_is_not_truncated ON base_seal;
DROP FUNCTION motcua_refuse_rewrite();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION motcua_fold(text)"),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("unit", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
            ],
            options={"indexes": [models.Index(fields=["subject", "id"], name="fact_timeline")]},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=80)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("fact", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="base.fact")),
            ],
            options={"indexes": [models.Index(fields=["subject", "fact"], name="delivery_order")]},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("fact_id", models.BigIntegerField(unique=True)),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SealRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("position", models.BigIntegerField()),
                ("last_fact_id", models.BigIntegerField()),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO_APPEND_ONLY),
    ]
