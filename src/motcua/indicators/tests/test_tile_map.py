"""The map of tiles: shades by fifths, equal points alike, nothing known left blank."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from motcua.indicators.rules.tile_map import GAP, HEIGHT, SHADES, WIDTH, Place, tile_map


def places(count):
    return [Place(f"H{number:02}", f"Tỉnh {number}", number, 0) for number in range(count)]


def test_fifths_have_a_shade_each_and_the_unknown_none():
    points = {f"H{number:02}": Decimal(100 - number) for number in range(10)}
    found = tile_map(places(11), points)
    assert [tile.shade for tile in found.tiles] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0]
    assert (found.width, found.height) == (WIDTH + GAP, 11 * (HEIGHT + GAP))
    assert found.tiles[-1].points is None


def test_map_of_nothing_is_empty():
    assert tile_map([], {}).tiles == []


@given(st.dictionaries(st.sampled_from([each.code for each in places(34)]), st.decimals(0, 100, places=2)))
def test_more_points_are_never_paler_and_equal_ones_alike(points):
    tiles = [tile for tile in tile_map(places(34), points).tiles if tile.points is not None]
    assert all(1 <= tile.shade <= SHADES for tile in tiles)
    for one in tiles:
        for other in tiles:
            assert one.shade >= other.shade if one.points > other.points else True
            assert one.shade == other.shade if one.points == other.points else True
