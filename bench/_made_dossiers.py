"""Made-up units in a three-level tree, and dossiers by the million, written by the database itself."""

from django.db import connection

from motcua.dossiers.models import Dossier
from motcua.organizations.models import Unit
from motcua.procedures.models import ProcedureVersion

UNITS, DEPARTMENTS = 500, 20


def write_units() -> list[int]:
    """Write a three-level tree under a province of its own and return the keys of its leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organizations_unit SELECT (jsonb_populate_record(NULL::organizations_unit, to_jsonb(u) || "
            "jsonb_build_object('id', 900000 + n, 'code', 'Z' || n, "
            "'path', CASE WHEN n = 0 THEN '900000/' WHEN n <= %(top)s THEN '900000/' || 900000 + n || '/' "
            "ELSE '900000/' || 900001 + n %% %(top)s || '/' || 900000 + n || '/' END, "
            "'parent_id', CASE WHEN n = 0 THEN NULL WHEN n <= %(top)s THEN 900000 ELSE 900001 + n %% %(top)s END, "
            "'one_stop_id', NULL))).* "
            "FROM (SELECT * FROM organizations_unit ORDER BY id LIMIT 1) u, generate_series(0, %(units)s) n",
            {"top": DEPARTMENTS, "units": UNITS},
        )
    return list(Unit.objects.filter(pk__gt=900000 + DEPARTMENTS, pk__lt=1000000).values_list("pk", flat=True))


def write_dossiers(units: list[int], first: int, last: int) -> int:
    """Make dossiers number ``first`` to ``last`` of one dossier and return ``last``.

    They are spread over units, procedures (few of them often) and 24 months. No trigger looks at them: their keys are
    keys already, and the caller fills the cells afterwards. Indices that hold no key are made anew at the end.
    """
    made = {
        "id": "10000000 + n",
        "code": "'Z' || n",
        "submission_key": "md5(n::text)::uuid",
        "competent_unit_id": f"leaves[1 + a % {len(units)}]",
        "version_id": "versions[1 + (power(b / 1048576.0, 3) * 60)::int]",
        "channel": "CASE WHEN c % 10 < 6 THEN 'online' ELSE 'counter' END",
        "state": "'returned'",
        **dict.fromkeys(("filed_at", "received_at"), "at"),
        "decided_at": "at + interval '3 days'",
        "is_on_time": "c % 20 > 0",
        "is_digitised": "c % 3 > 0",
        "has_fee": "c % 5 < 3",
        "is_paid_online": "c % 5 < 2",
        "is_satisfied": "CASE WHEN c % 7 = 0 THEN c % 21 > 0 END",
    }
    columns = [field.column for field in Dossier._meta.concrete_fields if not field.generated]
    values = ", ".join(made.get(name, f'd."{name}"') for name in columns)
    listed = ", ".join(f'"{name}"' for name in columns)
    template = Dossier.objects.order_by("pk").values_list("pk", flat=True).first()
    versions = list(ProcedureVersion.objects.order_by("pk").values_list("pk", flat=True)[:61])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("ALTER TABLE dossiers_dossier SET (autovacuum_enabled = off)")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = 'dossiers_dossier'::regclass AND NOT indisunique"
        )
        indices = cursor.fetchall()
        for name, _definition in indices:
            cursor.execute(f"DROP INDEX {name}")
        for start in range(first, last + 1, 250_000):
            cursor.execute(
                f"""
                INSERT INTO dossiers_dossier ({listed}) SELECT {values} FROM (
                  SELECT n, a, b, c, %s::bigint[] AS leaves, %s::bigint[] AS versions,
                    timestamptz '2024-01-01 01:00+07' + (b / 1048576.0 * 17500) * interval '1 hour'
                      + (c %% 720) * interval '1 minute' AS at
                  FROM (SELECT n, hashint8extended(n, 1) & 1048575 AS a, hashint8extended(n, 2) & 1048575 AS b,
                          hashint8extended(n, 3) & 1048575 AS c FROM generate_series(%s::bigint, %s::bigint) AS n) AS ns
                ) AS made, dossiers_dossier AS d WHERE d.id = %s
                """.replace(values, values.replace("%", "%%")),  # noqa: S608
                [units, versions, start, min(start + 249_999, last), template],
            )
        for _name, definition in indices:
            cursor.execute(definition)
        cursor.execute("ALTER TABLE dossiers_dossier RESET (autovacuum_enabled)")
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE dossiers_dossier")
    return last
