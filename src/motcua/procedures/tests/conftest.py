"""The catalogue of the tests: the real one, loaded once for all tests that read it."""

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.organizations.models import Unit
from motcua.procedures import queries
from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE, import_catalogue
from motcua.procedures.rules.cells import LEVELS
from motcua.procedures.rules.search import CatalogueIndex, Entry

DAY = date(2025, 7, 1)


def silent(_what: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


@pytest.fixture(scope="session")
def real_rows() -> list[dict[str, Any]]:
    """Every row of the national catalogue, as the file states it."""
    with gzip.open(NATIONAL_CATALOGUE, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="session")
def row_of(real_rows) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in real_rows}


@pytest.fixture(autouse=True)
def fresh_index() -> Iterator[None]:
    """The index is kept by process: no test may see another's catalogue."""
    queries.forget_catalogue()
    yield
    queries.forget_catalogue()


@pytest.fixture
def catalogue_file(tmp_path, real_rows) -> Callable[..., Path]:
    """Return a maker of catalogue files: some real rows, changed as the test needs."""

    def make(*codes: str, file: str = "some.jsonl", **changes: Any) -> Path:
        path = tmp_path / file
        chosen = [{**row, **changes} for row in real_rows if row["code"] in codes]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen), encoding="utf-8")
        return path

    return make


@pytest.fixture
def some_procedures(db, catalogue_file) -> None:
    """A handful of real procedures in force."""
    load(catalogue_file("1.001193", "1.000894", "1.012906", "1.012783", "1.008614", "2.000986"))


def load(path: Path, day: date = DAY) -> Any:
    return import_catalogue(path=path, actor="", valid_from=day, progress=silent)


@pytest.fixture
def commune(db) -> Unit:
    return Unit.objects.create(code="18001", name="Xã Thử", kind="commune", path="1/", valid_from=DAY)


@pytest.fixture
def department(db) -> Unit:
    return Unit.objects.create(code="H27.04", name="Sở Thử", kind="department", path="2/", valid_from=DAY)


@pytest.fixture(scope="session")
def index(real_rows: list[dict[str, Any]]) -> CatalogueIndex:
    """The national catalogue ready to be searched, by titles, fields and agencies alone."""
    return CatalogueIndex(
        [
            Entry(
                number, row["code"], " ".join(row["name"].split()), row["field"],
                tuple(LEVELS[level] for level in row["levels"]), row["issuing_agency"],
                tuple(row["executing_agencies"]), "unknown", False,
            )
            for number, row in enumerate(real_rows)
        ]
    )  # fmt: skip
