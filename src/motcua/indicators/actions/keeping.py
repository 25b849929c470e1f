"""Setting up kept cells after migrations, and comparing them with the rows they count."""

import logging

from django.db import connection, transaction

from motcua.base.clock import now
from motcua.indicators.kept.declared import Kept, kept_models
from motcua.indicators.kept.reading import is_kept
from motcua.indicators.kept.triggers import difference_statement, digest, fill_statement, trigger_statements
from motcua.indicators.models import KeptCell, KeptCheck
from motcua.organizations.models import Unit

logger = logging.getLogger(__name__)
MOST_SHOWN = 200  # differing cells that a check keeps; their number is whole


def set_up(*, again: bool = False) -> list[str]:
    """Make the triggers and fill the cells of every model whose declaration changed; return the labels done.

    Runs after migrations, at every start. While a model is filled nobody writes its rows.
    ``again``: also where nothing changed.
    """
    done = []
    for each in kept_models().values():
        with transaction.atomic(), connection.cursor() as cursor:
            if not again and is_kept(each):
                continue
            cursor.execute(f'LOCK TABLE "{each.model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
            for statement in trigger_statements(each):
                cursor.execute(statement)
            KeptCell.objects.filter(rows=each.rows).delete()
            cursor.execute(fill_statement(each))
            done.append(each.rows)
    return done


def compare() -> KeptCheck:
    """Count every row anew and compare with the cells, in one snapshot; the check names each cell that differs."""
    found: list[dict[str, str | int]] = []
    cells = 0
    for each in kept_models().values():
        found += differences(each)
        cells += KeptCell.objects.filter(rows=each.rows).count()
    if found:
        logger.error("%s kept numbers differ from a recount, first %s", len(found), found[0])
    return KeptCheck.objects.create(checked_at=now(), cells=cells, different=len(found), differences=found[:MOST_SHOWN])


def differences(each: Kept) -> list[dict[str, str | int]]:
    """Return the cells of one model that differ from its rows: unit's code, month, detail, measure, both numbers."""
    if not is_kept(each):
        return [{"unit": "", "month": "", "detail": 0, "measure": each.rows, "kept": digest(each), "counted": ""}]
    with connection.cursor() as cursor:
        cursor.execute(difference_statement(each))
        rows = cursor.fetchall()
    codes = dict(Unit.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "code"))
    half = len(each.counts)
    return [
        {
            "unit": codes.get(unit, str(unit)),
            "month": f"{month:%Y-%m}",
            "detail": detail,
            "measure": count.code,
            "kept": numbers[position],
            "counted": numbers[half + position],
        }
        for unit, month, detail, *numbers in rows
        for position, count in enumerate(each.counts)
        if numbers[position] != numbers[half + position]
    ]
