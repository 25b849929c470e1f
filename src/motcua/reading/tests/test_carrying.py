"""Values of one's own classes through JSON: equal when they come back, and never of a class that was not asked for."""

import json
from dataclasses import dataclass, field
from datetime import date

import pytest

from motcua.reading.carrying import built, plain


@dataclass(frozen=True)
class Inner:
    day: date | None
    share: float = 1.0


@dataclass
class Outer:
    name: str
    inner: Inner
    several: list[Inner]
    pairs: tuple[tuple[int, str], ...]
    parts: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    is_late: bool = False
    note: str | None = None


OUTER = Outer("ă", Inner(date(2026, 6, 15), 2), [Inner(None)], ((1, "x"),), {"lead": ((3, "Sở"),)}, is_late=True)


def test_value_comes_back_equal():
    assert built(Outer, json.loads(json.dumps(plain(OUTER)))) == OUTER


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 5),
        ("inner", None),
        ("inner", {"day": "hôm nay", "share": 1}),
        ("several", {"a": 1}),
        ("pairs", [[1, "x", "y"]]),
        ("parts", []),
        ("is_late", "yes"),
    ],
)
def test_value_of_another_shape_is_an_error(name, value):
    with pytest.raises((KeyError, TypeError, ValueError)):
        built(Outer, plain(OUTER) | {name: value})


def test_value_without_a_field_is_an_error():
    with pytest.raises(KeyError):
        built(Inner, {"day": None})


def test_class_that_is_not_carried_is_an_error():
    with pytest.raises(TypeError):
        plain({"a": object()})
