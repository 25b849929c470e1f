"""Writing many dossiers that lived in the past, finished or still running: imports and the simulation.

Each life is told as moments (``receive`` at nine by this officer, ``forward`` at ten ...) and replayed in memory by the
same table of states, the same routes and clock and the same numbering that the actions use; only the writing differs:
COPY instead of one statement each. What the actions would refuse is refused here too. Nobody is notified.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from motcua.base.clock import VIETNAM
from motcua.base.facts.recording import record_history
from motcua.dossiers.actions.numbering import take_numbers
from motcua.dossiers.actions.past import PastDossier
from motcua.dossiers.actions.replaying import Replay
from motcua.dossiers.models import Dossier, DossierPaper, ResultReturn, SupplementRequest, WithdrawalRequest
from motcua.dossiers.rules.code import dossier_code
from motcua.payments.models import Fee
from motcua.workflow.models import Holding, Pause, Run


@transaction.atomic
def write_history(dossiers: Sequence[PastDossier]) -> int:
    """Write the dossiers with papers, runs, holdings, pauses, fees, supplements and facts; return how many.

    Raises:
        Refused: a moment does not fit the state or step that the moments before it led to.
    """
    codes = _number(dossiers)
    replays = []
    for past, code in zip(dossiers, codes, strict=True):
        replay = Replay.begin(past, code)
        for moment in past.moments:
            replay.play(moment)
        replays.append(replay)
    _write(replays)
    facts = [fact for replay in replays for fact in replay.facts]
    record_history(sorted(facts, key=lambda fact: fact.at))
    return len(replays)


def _number(dossiers: Sequence[PastDossier]) -> list[str]:
    """Return the codes: per agency and day in the order of the list."""
    keys = [(past.place.numbering_unit_id, past.filed_at.astimezone(VIETNAM).date()) for past in dossiers]
    following = take_numbers(Counter(keys))
    codes = []
    for past, (unit, day) in zip(dossiers, keys, strict=True):
        codes.append(dossier_code(past.place.agency_code, day, following[unit, day]))
        following[unit, day] += 1
    return codes


def _write(replays: Sequence[Replay]) -> None:
    for model, rows in (
        (Dossier, [replay.dossier for replay in replays]),
        (Run, [replay.run for replay in replays]),
    ):
        for row, number in zip(rows, _primary_keys(model, len(rows)), strict=True):
            row.pk = number
        _copy(model, rows)
    _copy(DossierPaper, _linked("dossier", (paper for replay in replays for paper in replay.papers)))
    _copy(SupplementRequest, _linked("dossier", (row.supplement for row in replays if row.supplement)))
    _copy(WithdrawalRequest, _linked("dossier", (row for replay in replays for row in replay.withdrawals)))
    _copy(ResultReturn, _linked("dossier", (row.sent for row in replays if row.sent)))
    _copy(Holding, _linked("run", (holding for replay in replays for holding in replay.holdings)))
    _copy(Pause, _linked("run", (pause for replay in replays for pause in replay.pauses)))
    _copy(Fee, [replay.fee for replay in replays if replay.fee])


def _primary_keys(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _linked(name: str, rows: Iterable[Any]) -> list[Any]:
    """Return ``rows`` with the number that their parent got meanwhile: Django copies it when the parent is set."""
    rows = list(rows)
    for row in rows:
        setattr(row, name, getattr(row, name))
    return rows


def _copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    if not rows:
        return
    written = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in written if not (field.primary_key and rows[0].pk is None)]
    names = [field.attname for field in fields]
    as_json = {field.attname for field in fields if isinstance(field, models.JSONField)}
    command = f"COPY {model._meta.db_table} ({', '.join(str(field.column) for field in fields)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([Jsonb(values[name]) if name in as_json else values[name] for name in names])
