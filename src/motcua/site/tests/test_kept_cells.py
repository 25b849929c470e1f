"""Kept cells move with the dossiers, whatever writes them, and agree with a recount."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.base.clock import VIETNAM
from motcua.base.refusal import Refused
from motcua.dossiers import measures
from motcua.dossiers.factories import make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import DECIDED, FILED, RECEIVED, RETURNED
from motcua.indicators.actions.keeping import compare, differences, set_up
from motcua.indicators.history import write_history
from motcua.indicators.kept.declared import column, kept_models
from motcua.indicators.kept.reading import by_unit_and_month, is_kept, split
from motcua.indicators.kept.triggers import WHOLE_MONTH, condition_sql
from motcua.indicators.models import KeptCell
from motcua.indicators.queries import _count_rows, count, observe
from motcua.indicators.recount import DUCKDB, POSTGRESQL, counted, expression, hash_of, opened_table
from motcua.organizations.models import Unit
from motcua.procedures.models import Offering, ProcedureVersion

pytestmark = pytest.mark.django_db
KEPT = kept_models()["dossiers.dossier"]
CODES = [each.code for each in KEPT.counts]
RATIOS = ["dossiers.on_time_rate", "dossiers.online_rate", "dossiers.satisfaction_rate"]
# Both sides of a month's end in Vietnam, which is 17:00 of UTC's day.
INSTANTS = [
    datetime(2026, 1, 31, 23, 59, tzinfo=VIETNAM),
    datetime(2026, 2, 1, 0, 0, tzinfo=VIETNAM),
    datetime(2026, 2, 14, 9, 0, tzinfo=VIETNAM),
    datetime(2026, 3, 1, 6, 59, tzinfo=VIETNAM),
]
MONTHS = (date(2026, 1, 1), date(2026, 3, 1))
maybe = st.sampled_from([None, True, False])
rows = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["T.01", "T.02", "T.10"]),
        "channel": st.sampled_from(["online", "counter"]),
        "state": st.sampled_from([RECEIVED, DECIDED, RETURNED]),
        "received_at": st.sampled_from(INSTANTS),
        "decided_at": st.sampled_from([None, *INSTANTS]),
        "is_on_time": maybe,
        "is_satisfied": maybe,
        "has_fee": st.booleans(),
        "is_digitised": st.booleans(),
    }
)
changes = st.lists(st.tuples(st.integers(0, 20), rows), max_size=6)


@pytest.fixture
def world(db):
    return make_world()


def write(world, given_rows):
    """Write dossiers in one statement."""
    offering, version = Offering.objects.first(), ProcedureVersion.objects.first()
    Dossier.objects.bulk_create(
        Dossier(
            code=f"T-{uuid4()}",
            version=version,
            offering=offering,
            receiving_unit=world.units["T.MC"],
            competent_unit=world.units[row["unit"]],
            applicant_name="Người Thử",
            filed_at=row["received_at"],
            **{key: value for key, value in row.items() if key != "unit"},
        )
        for row in given_rows
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=12), changes, st.integers(0, 12))
def test_cells_agree_with_rows_after_any_writing(world, first, then, gone):
    Dossier.objects.all().delete()
    write(world, first)
    keys = list(Dossier.objects.order_by("pk").values_list("pk", flat=True))
    for position, row in then:
        if keys:
            change = {key: value for key, value in row.items() if key != "unit"}
            Dossier.objects.filter(pk=keys[position % len(keys)]).update(
                competent_unit=world.units[row["unit"]], **change
            )
    Dossier.objects.filter(pk__in=keys[:gone]).delete()
    assert differences(KEPT) == []
    province = Unit.objects.get(code="T")
    for code in CODES:
        for window in [(date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 1, 31), date(2026, 3, 1))]:
            counted = _count_rows(KEPT.counts[CODES.index(code)], province, *window, {})
            assert count(code, province, *window) == counted


def test_life_of_a_dossier_moves_its_cells(world):
    dossier = world.file_at_counter()
    whole, cell = KeptCell.objects.filter(rows=KEPT.rows).order_by("detail")
    assert (whole.unit_id, whole.month, whole.detail) == (cell.unit_id, cell.month, WHOLE_MONTH)
    assert (cell.unit.code, cell.month, cell.detail) == ("T.01", date(2026, 3, 1), dossier.version_id)
    assert [getattr(cell, KEPT.slot(f"dossiers.{name}")) for name in ("received", "received_online")] == [1, 0]


def test_ratio_of_cells_equals_ratio_of_rows(world, monkeypatch):
    write(
        world,
        [
            {"unit": unit, "channel": "online", "state": DECIDED, "received_at": at, "decided_at": at, "is_on_time": ok}
            for unit in ("T.01", "T.10")
            for at in INSTANTS
            for ok in (True, False, True)
        ],
    )
    province = Unit.objects.get(code="T")
    window = (date(2026, 1, 15), date(2026, 3, 15))
    kept = observe(RATIOS, province, *window)
    monkeypatch.setattr("motcua.indicators.queries.is_kept", lambda each: False)
    counted = observe(RATIOS, province, *window)
    assert kept.cells == counted.cells
    assert kept.total("dossiers.on_time_rate").part == 16


def test_recount_agrees_on_every_engine(world, tmp_path, transactional_db):
    write(
        world,
        [
            {"unit": unit, "channel": channel, "state": DECIDED, "received_at": at, "decided_at": at, "is_on_time": ok}
            for unit in ("T.01", "T.10")
            for channel in ("online", "counter")
            for at in INSTANTS
            for ok in (True, False, None)
        ],
    )
    window = (date(2026, 1, 1), date(2026, 3, 31))
    kept = sorted(
        (unit, month, tuple(numbers))
        for unit, month, numbers in by_unit_and_month(
            KEPT, KEPT.counts, {pk: pk for pk in Unit.objects.values_list("pk", flat=True)}, MONTHS
        )
    )
    write_history(KEPT, tmp_path)
    for engine in (POSTGRESQL, DUCKDB):
        with opened_table(engine, KEPT, tmp_path) as table:
            rows = counted(expression(table, KEPT, KEPT.counts, *window))
        assert rows == kept
        assert hash_of(rows) == hash_of(kept)


def test_recount_of_days_counts_the_edges_as_vietnam_does(world, tmp_path, transactional_db):
    write(world, [{"unit": "T.01", "channel": "online", "state": RECEIVED, "received_at": at} for at in INSTANTS])
    write_history(KEPT, tmp_path)
    with opened_table(DUCKDB, KEPT, tmp_path) as table:
        rows = counted(expression(table, KEPT, KEPT.counts[:1], date(2026, 2, 1), date(2026, 2, 28)))
    assert [(month, numbers) for _unit, month, numbers in rows] == [(date(2026, 2, 1), (2,))]


def test_recount_without_history_says_how_to_make_one(tmp_path):
    with pytest.raises(Refused, match="measures history"), opened_table(DUCKDB, KEPT, tmp_path):
        pass


def test_history_holds_nobodys_name(world, tmp_path, transactional_db):
    import pyarrow.parquet as parquet

    world.file_at_counter()
    assert write_history(KEPT, tmp_path) == {"dossiers.dossier-2026.parquet": 1, "dossiers.dossier-2027.parquet": 0}
    columns = set(parquet.read_schema(tmp_path / "dossiers.dossier-2026.parquet").names)
    assert columns == {column(Dossier, name) for name in KEPT.fields}


def test_narrowing_by_kind_of_unit_is_answered_by_cells(world):
    row = {"channel": "online", "state": RECEIVED, "received_at": INSTANTS[2]}
    write(world, [{**row, "unit": "T.01"}, {**row, "unit": "T.10"}, {**row, "unit": "T.10"}])
    province = Unit.objects.get(code="T")
    assert count("dossiers.received", province, date(2026, 2, 1), date(2026, 2, 28), unit_kind="commune") == 2


def test_check_names_the_cell_that_differs(world):
    world.file_at_counter()
    cell = KeptCell.objects.exclude(detail=WHOLE_MONTH).get()
    KeptCell.objects.filter(pk=cell.pk).update(n0=7)
    check = compare()
    assert (check.cells, check.different) == (2, 1)
    assert check.differences == [
        {
            "unit": "T.01",
            "month": "2026-03",
            "detail": cell.detail,
            "measure": CODES[0],
            "kept": 7,
            "counted": 1,
        }
    ]
    assert set_up(again=True) == [KEPT.rows]
    assert compare().differences == []


def test_cells_of_another_declaration_are_not_read(world, monkeypatch):
    world.file_at_counter()
    KeptCell.objects.update(n0=7)
    monkeypatch.setattr("motcua.indicators.kept.reading.digest", lambda each: "other")
    assert not is_kept(KEPT)
    assert count("dossiers.received", Unit.objects.get(code="T"), date(2026, 3, 1), date(2026, 3, 31)) == 1


def test_sets_in_conditions_are_told_in_one_order_whatever_order_they_have():
    one, other = (Q(Q(channel="online") & Q(version__in=frozenset(keys))) for keys in ([0, 8], [8, 0]))
    assert list(frozenset([0, 8])) != list(frozenset([8, 0]))  # two equal sets that are walked differently
    assert condition_sql(KEPT, one) == condition_sql(KEPT, other)


def test_setting_up_what_stands_does_nothing():
    assert set_up() == []


@pytest.mark.parametrize(
    ("first", "last", "months", "edges"),
    [
        ("2026-01-01", "2026-03-31", ("2026-01-01", "2026-03-01"), []),
        (
            "2026-01-02", "2026-03-30", ("2026-02-01", "2026-02-01"),
            [("2026-01-02", "2026-01-31"), ("2026-03-01", "2026-03-30")],
        ),
        ("2026-01-02", "2026-01-30", None, [("2026-01-02", "2026-01-30")]),
        ("2026-01-15", "2026-02-14", None, [("2026-01-15", "2026-02-14")]),
        ("2026-02-01", "2026-02-28", ("2026-02-01", "2026-02-01"), []),
        ("2025-12-15", "2026-01-31", ("2026-01-01", "2026-01-01"), [("2025-12-15", "2025-12-31")]),
        ("2024-02-01", "2024-02-28", None, [("2024-02-01", "2024-02-28")]),
    ],
)  # fmt: skip
def test_window_parts_into_whole_months_and_edges(first, last, months, edges):
    def days(pair):
        return None if pair is None else tuple(date.fromisoformat(each) for each in pair)

    found = split(date.fromisoformat(first), date.fromisoformat(last))
    assert (found.months, found.edges) == (days(months), tuple(days(edge) for edge in edges))


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 400))
def test_parts_of_a_window_cover_it_once(first, length):
    last = first + timedelta(days=length)
    found = split(first, last)
    days = [edge[0] + timedelta(days=each) for edge in found.edges for each in range((edge[1] - edge[0]).days + 1)]
    if found.months:
        day = found.months[0]
        while day.replace(day=1) <= found.months[1]:
            days.append(day)
            day += timedelta(days=1)
    assert sorted(days) == [first + timedelta(days=each) for each in range(length + 1)]


def test_no_kept_count_reads_who_a_dossier_belongs_to():
    personal = {"applicant", "applicant_name", "identity_number", "phone", "email", "address", "answers"}
    assert not personal & set(KEPT.fields)
    assert {each.code for each in measures.MEASURES if hasattr(each, "source") and each.source.detail} == set(CODES)


def test_rows_before_reception_are_in_no_cell(world):
    dossier = world.file()
    assert dossier.state == FILED
    assert not KeptCell.objects.exists()
