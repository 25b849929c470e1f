"""The ruling lines of a picture: runs of ink too long for letters."""

from typing import Any

import numpy

from motcua.reading.pdf.rulings import put_together
from motcua.reading.pdf.shapes import Ruling, Rulings
from motcua.reading.recognition.picture import Ink

_LEVEL = 0.36  # inch: no letter has so long a stroke
_UPRIGHT = 0.3
_INKED = 0.96  # share of a run that is ink: lines are worn
_THICK = 0.05  # inch: what is thicker is a picture or a stamp
_NEAR = 2.4  # points between rows of pixels of one line

Array = numpy.ndarray[Any, Any]


def lines_in(ink: Ink, resolution: float) -> tuple[Rulings, Ink]:
    """Return the ruling lines in points, and the ink that they are made of."""
    level = _runs(ink, round(_LEVEL * resolution))
    upright = _runs(ink.T, round(_UPRIGHT * resolution)).T
    scale = 72 / resolution
    rulings = Rulings(_lines(level, scale, resolution), _lines(upright.T, scale, resolution))
    return rulings, level | upright


def _runs(ink: Ink, length: int) -> Ink:
    """Return the ink that lies in runs along rows of at least ``length`` pixels, a row's neighbours helping it out."""
    found = numpy.zeros(ink.shape, dtype=bool)
    if ink.shape[1] <= length:
        return found
    band = 400  # rows at a time: the sums of a whole page would take 70 MB
    for start in range(0, ink.shape[0], band):
        own = ink[max(start - 1, 0) : start + band + 1]
        thick = own.copy()
        thick[1:] |= own[:-1]
        thick[:-1] |= own[1:]
        sums = numpy.zeros((thick.shape[0], thick.shape[1] + 1), dtype=numpy.int32)
        numpy.cumsum(thick, axis=1, out=sums[:, 1:])
        full = sums[:, length:] - sums[:, :-length] >= _INKED * length
        rows = numpy.nonzero(full.any(axis=1))[0]
        for row in rows:
            at = start + row - (1 if start else 0)
            if not start <= at < start + band or at >= ink.shape[0]:
                continue
            covered = numpy.zeros(thick.shape[1] + 1, dtype=numpy.int32)
            begins = numpy.nonzero(full[row])[0]
            numpy.add.at(covered, begins, 1)
            numpy.add.at(covered, begins + length, -1)
            found[at] = (numpy.cumsum(covered[:-1]) > 0) & thick[row]
    return found


def _lines(mask: Ink, scale: float, resolution: float) -> list[Ruling]:
    """Return the lines that runs in neighbouring rows make; what is too thick for a line is left out."""
    rows: list[tuple[int, int, int]] = []
    for row in numpy.nonzero(mask.any(axis=1))[0]:
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], mask[row].view(numpy.int8), [0]))))
        starts, ends = edges[::2], edges[1::2]
        keep = ends - starts >= resolution * 0.05
        rows += [(int(row), int(start), int(end)) for start, end in zip(starts[keep], ends[keep], strict=True)]
    groups: list[list[tuple[int, int, int]]] = []
    open_groups: list[list[tuple[int, int, int]]] = []
    for run in rows:
        open_groups = [group for group in open_groups if run[0] - group[-1][0] <= 3]
        home = next((group for group in open_groups if run[1] < group[-1][2] + 30 and run[2] > group[-1][1] - 30), None)
        if home is None:
            home = []
            groups.append(home)
            open_groups.append(home)
        home.append(run)
    found = []
    for group in groups:
        middle = (group[0][0] + group[-1][0]) / 2
        if group[-1][0] - group[0][0] > _THICK * resolution:
            continue
        for _row, start, end in group:
            found.append(Ruling(middle * scale, start * scale, end * scale))
    return put_together(found, near=_NEAR, gap=3.0)
