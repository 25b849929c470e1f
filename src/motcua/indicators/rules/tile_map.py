"""A map of tiles: every province of one size, about where it lies, the darker the better it stands. Pure.

A map of borders would show how large a province is, which says nothing of how it serves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, GAP = 96, 48, 4  # of a tile, in the drawing's own units
SHADES = 5


@dataclass(frozen=True)
class Place:
    """Where a province's tile stands, counted from the north-west."""

    code: str
    name: str
    row: int
    column: int


@dataclass(frozen=True)
class Tile:
    """A tile as it is drawn. ``shade``: SHADES for the best fifth down to 1; 0 where nothing is known."""

    place: Place
    x: int
    y: int
    points: Decimal | None
    shade: int


@dataclass(frozen=True)
class TileMap:
    """The tiles and the size of the drawing that holds them, half a gap around included."""

    tiles: list[Tile]
    width: int
    height: int


def tile_map(places: Iterable[Place], points: Mapping[str, Decimal]) -> TileMap:
    """Return the map of ``places`` with ``points`` by code. Equal points have one shade; fifths are of those known."""
    places = list(places)
    known = sorted((points[place.code] for place in places if place.code in points), reverse=True)
    tiles = [
        Tile(
            place,
            place.column * (WIDTH + GAP),
            place.row * (HEIGHT + GAP),
            points.get(place.code),
            SHADES - known.index(points[place.code]) * SHADES // len(known) if place.code in points else 0,
        )
        for place in places
    ]
    columns = 1 + max((place.column for place in places), default=0)
    rows = 1 + max((place.row for place in places), default=0)
    return TileMap(tiles, columns * (WIDTH + GAP), rows * (HEIGHT + GAP))
