"""What a list of a hundred costs over a million dossiers, beside one over ten thousand.

The small database holds simulated dossiers, and a page and a half that wait at one counter; the large one is its copy
in which every dossier and its run stand a hundred times, each copy a little earlier, so that every unit, counter and
account has a hundred times as much. Both stand in one PostgreSQL, each with a web process of its own. CPU milliseconds
per request (web and database together), batches that take turns, median of the rounds and of each round's own ratios.
What a list does not read (papers, holdings, facts) is not multiplied.
"""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from _house import Caller, House, Web, own_house, statements_of
from django.db import connection, models
from filing import CITIZEN, UNIT, Form

from motcua.base.postgres.place import DATABASE, SUPERUSER, place
from motcua.dossiers.actions.filing import Applicant, Paper, file_online
from motcua.dossiers.models import Dossier
from motcua.organizations.models import Account
from motcua.workflow.models import Run

LARGE = "motcua_large"
MOST = 1.2  # times the small one: what was promised
MOST_STATEMENTS = 4
WAITING = 150  # dossiers that wait at the counter, so that both sizes show a full page of work
TURN = 20  # requests of one list before the next has its turn
STEP_SECONDS = 41  # how much earlier each further copy was filed

# (name, who reads it, address); the first two are what was promised, the others are shown beside them
LISTS = [
    ("my work", "tiepnhan", "/viec-cua-toi/"),
    ("register of a counter", "tiepnhan", "/api/v1/dossiers?limit=100"),
    ("register of a unit", "chuyenvien", "/api/v1/dossiers?limit=100"),
    ("register of the province", "kiemsoat", "/api/v1/dossiers?limit=100"),
    ("register page of the province", "kiemsoat", "/ho-so/"),
    ("numbers of my work", "tiepnhan", "/viec-cua-toi/so-luong"),
]
PROMISED = [name for name, *_rest in LISTS[:4]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--small", type=int, default=10_000, help="số hồ sơ của cơ sở dữ liệu nhỏ")
    parser.add_argument("--times", type=int, default=100, help="cơ sở dữ liệu lớn gấp bao nhiêu lần")
    parser.add_argument("--requests", type=int, default=60, help="số yêu cầu mỗi danh sách trong một vòng")
    parser.add_argument("--rounds", type=int, default=5, help="số vòng")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return CPU milliseconds of each list at both sizes, their ratios, rows shown and SQL statements."""
    with own_house(lasting=False) as house:
        house.prepare(dossiers=options.small - WAITING)
        let_wait(WAITING)
        sizes = multiply(options.times)
        address = f"postgresql://{SUPERUSER}@/{LARGE}?host={place().sockets}"
        webs = {"small": house.web(), "large": house.web({"DATABASE_URL": address})}
        callers = {(size, who): Caller(web.port).sign_in(who) for size, web in webs.items() for _, who, _ in LISTS}
        rows = {size: {name: _rows(callers[size, who].get(path)) for name, who, path in LISTS} for size in webs}
        rounds = [_take_turns(house, webs, callers, options.requests) for _ in range(options.rounds)]
        statements = {name: statements_of(who, path) for name, who, path in LISTS}
    figures = {
        "dossiers": sizes,
        "lists": {
            name: {
                "cpu_ms": {size: round(statistics.median(costs[name, size] for costs in rounds), 2) for size in webs},
                "ratio": round(statistics.median(costs[name, "large"] / costs[name, "small"] for costs in rounds), 2),
                "rows": [rows["small"][name], rows["large"][name]],
                "statements": statements[name],
            }
            for name, *_rest in LISTS
        },
    }
    lists = figures["lists"]
    figures["met"] = all(
        lists[name]["ratio"] <= MOST and lists[name]["statements"] <= MOST_STATEMENTS for name in PROMISED
    )
    figures["summary"] = list(_told(figures))
    return figures


def let_wait(count: int) -> None:
    """File so many dossiers online; they wait for the counter to receive them."""
    form, citizen = Form.of_demonstration(), Account.objects.get(username=CITIZEN)
    for _ in range(count):
        file_online(
            form.procedure, unit_code=UNIT, applicant=Applicant("Nguyễn Văn Thử"), submission_key=uuid4(),
            actor=citizen, papers=[Paper(**paper) for paper in form.papers],
        )  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of the copies and the SQL that fills it."""

    name: str
    value: str


def multiply(times: int, changes: dict[str, str] | None = None) -> dict[str, int]:
    """Make the large database; return the number of dossiers of both.

    ``changes`` are further columns of a copied dossier and the SQL that fills them; ``copy`` is the copy's number.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    small = Dossier.objects.count()
    _enter("postgres")  # a database cannot be copied by somebody who stands in it
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {LARGE} TEMPLATE {DATABASE}")
    _enter(LARGE)
    with connection.cursor() as cursor:
        # No trigger looks at each copy: no list reads the numbers kept beside, and a key of a copy is a key already.
        cursor.execute("SET session_replication_role = replica")
        for model, changed in (
            (Dossier, {"code": "code || '-' || copy", "submission_key": "gen_random_uuid()"} | (changes or {})),
            (Run, {"subject": "subject || '-' || copy"}),
        ):
            own = [each for each in model._meta.concrete_fields if not each.primary_key and not each.generated]
            columns = [_column(field, changed) for field in own]
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(column.name for column in columns)}) "
                f"SELECT {', '.join(column.value for column in columns)} "
                f"FROM {model._meta.db_table}, generate_series(1, %s) AS copy ORDER BY copy",
                [times - 1],
            )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    large = Dossier.objects.count()
    _enter(DATABASE)
    return {"small": small, "large": large}


def _enter(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def _column(field: models.Field, changed: dict[str, str]) -> Column:
    earlier = f"{field.column} - copy * interval '{STEP_SECONDS} seconds'"
    own = earlier if isinstance(field, models.DateTimeField) else field.column
    return Column(field.column, changed.get(field.column, own))


def _take_turns(
    house: House, webs: dict[str, Web], callers: dict[tuple[str, str], Caller], requests: int
) -> dict[tuple[str, str], float]:
    """Return CPU milliseconds of one request by (list, size)."""
    costs = dict.fromkeys(((name, size) for name, *_rest in LISTS for size in webs), 0.0)
    turns = max(1, requests // TURN)
    for _ in range(turns):
        for name, who, path in LISTS:
            for size, web in webs.items():
                before = web.cpu() + house.database_cpu()
                for _ in range(TURN):
                    callers[size, who].get(path)
                costs[name, size] += (web.cpu() + house.database_cpu() - before) * 1000 / TURN / turns
    return costs


def _rows(content: bytes) -> int:
    """Return how many rows a page or an answer shows."""
    return content.count(b"<tr") or content.count(b'"code":')


def _told(figures: dict[str, Any]) -> Iterator[str]:
    sizes = figures["dossiers"]
    yield f"lists over {sizes['large']:,} dossiers beside {sizes['small']:,} (at most {MOST} times, 4 statements)"
    for name, one in figures["lists"].items():
        yield (
            f"{name:30} {one['ratio']:5.2f} times; {one['cpu_ms']['small']:.2f} and {one['cpu_ms']['large']:.2f} ms "
            f"of CPU, {one['rows'][0]} and {one['rows'][1]} rows, {one['statements']} statements"
        )
