"""Values of one's own classes as JSON and back, by the types of their fields: what crosses out of the limited process.

Knows dataclasses of text, numbers, truth, days, None, and lists, tuples and dictionaries (with text as keys) of these.
Built back by the types that the receiver names, and nothing else: a process that a document took over can lie in what
it says, but cannot choose what is made of it.
"""

import types
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
_WIDER = {float: (int, float)}  # JSON writes 80.0 as a reader of it may not


def plain(value: Any) -> Any:
    """Return a value as JSON values; ``built`` with its type gives an equal one. Raise TypeError for other types."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"{type(value).__name__} is not carried")


def built(kind: type[Kind], value: Any) -> Kind:
    """Return what ``plain`` made JSON of, as ``kind``. Raise KeyError, TypeError or ValueError for anything else."""
    return cast(Kind, _built(kind, value))


def _built(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (only,) = [each for each in inner if each is not types.NoneType]
        return None if value is None else _built(only, value)
    if origin is tuple:
        return _tuple(inner, value)
    if origin is list:
        return [_built(inner[0], each) for each in _checked(value, list)]
    if origin is dict:
        return {key: _built(inner[1], each) for key, each in _checked(value, dict).items()}
    if is_dataclass(kind):
        known = _checked(value, dict)
        return cast(Any, kind)(**{name: _built(each, known[name]) for name, each in _hints(cast(Any, kind)).items()})
    if kind is date:
        return date.fromisoformat(value)
    return _checked(value, _WIDER.get(kind, kind))


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    several = _checked(value, list)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_built(inner[0], each) for each in several)
    return tuple(_built(each, one) for each, one in zip(inner, several, strict=True))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _checked(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} where {kind} is due")
    return value
