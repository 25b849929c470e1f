"""The ruling lines of a page, from its paths: strokes, thin rectangles, the edges of shaded ones."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from motcua.reading.pdf.frame import Frame
from motcua.reading.pdf.shapes import Box, Ruling, Rulings

THIN = 3.5  # points: a rectangle no thicker is a line
_SLANT = 1.0
_GAP = 3.2  # between the dashes of one line
_NEAR = 0.8  # between lines that are one
_SHORTEST = 5.0
_DEEPEST = 4
_MAX_OBJECTS = 60_000
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page beside text: ``pictures`` are boxes, ``hidden_text`` counts texts that are not shown."""

    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    hidden_text: int = 0
    shown_text: int = 0

    def rulings(self) -> Rulings:
        """Return the lines, those drawn in pieces put together."""
        return Rulings(put_together(self.level), put_together(self.upright))


def drawn_on(page: object, frame: Frame) -> Drawn:
    """Return what is drawn on a page."""
    drawn = Drawn()
    for one, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(one, matrix, frame, drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(one) in (3, 7):
                drawn.hidden_text += 1
            else:
                drawn.shown_text += 1
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            box = _bounds(one, matrix, frame)
            if box is not None and kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                drawn.pictures.append(box)
                if min(box.width, box.height) <= THIN:
                    _add_line(box, drawn)
    return drawn


def _objects(page: object) -> Iterator[tuple[object, Matrix]]:
    """Yield the page's objects with the matrix of the forms around them."""
    left = _MAX_OBJECTS
    stack: list[tuple[object, Matrix, int]] = []
    for at in range(min(pdfium.FPDFPage_CountObjects(page), left)):
        stack = [(pdfium.FPDFPage_GetObject(page, at), _IDENTITY, 0)]
        while stack and left > 0:
            one, matrix, depth = stack.pop()
            left -= 1
            if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_FORM:
                yield one, matrix
            elif depth < _DEEPEST:
                inner = _times(_matrix(one), matrix)
                count = min(pdfium.FPDFFormObj_CountObjects(one), left)
                stack += [(pdfium.FPDFFormObj_GetObject(one, within), inner, depth + 1) for within in range(count)]


def _matrix(one: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, ctypes.byref(found)):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _bounds(one: object, matrix: Matrix, frame: Frame) -> Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(one, *(ctypes.byref(edge) for edge in edges)):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    return frame.upright(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    )


def _path(one: object, around: Matrix, frame: Frame, drawn: Drawn) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(one, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    is_stroked = bool(stroke.value) and not _is_white(one, pdfium.FPDFPageObj_GetStrokeColor)
    is_filled = bool(fill.value) and not _is_white(one, pdfium.FPDFPageObj_GetFillColor)
    if not is_stroked and not is_filled:
        return
    matrix = _times(_matrix(one), around)
    for points in _subpaths(one, matrix, frame):
        if is_stroked:
            for start, end in zip(points, points[1:], strict=False):
                _add_stroke(start, end, drawn)
        else:
            _add_filled(points, drawn)


def _is_white(one: object, getter: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = getter(one, *(ctypes.byref(part) for part in (red, green, blue, alpha)))  # type: ignore[operator]
    return bool(known) and (min(red.value, green.value, blue.value) > 250 or alpha.value < 8)


def _subpaths(one: object, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each subpath, upright; those with curves are left out."""
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    is_curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(pdfium.FPDFPath_CountSegments(one), 4000)):
        segment = pdfium.FPDFPath_GetPathSegment(one, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        across, up = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        box = frame.upright(across, up, across, up)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not is_curved:
                yield points
            points, is_curved = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            is_curved = True
        points.append((box.left, box.top))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not is_curved:
        yield points


def _add_stroke(start: tuple[float, float], end: tuple[float, float], drawn: Drawn) -> None:
    (x0, y0), (x1, y1) = start, end
    if abs(y0 - y1) <= _SLANT and abs(x0 - x1) > abs(y0 - y1):
        drawn.level.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x0 - x1) <= _SLANT:
        drawn.upright.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _add_filled(points: list[tuple[float, float]], drawn: Drawn) -> None:
    across, down = [x for x, _ in points], [y for _, y in points]
    box = Box(min(across), min(down), max(across), max(down))
    if min(box.width, box.height) <= THIN:
        _add_line(box, drawn)
    elif len(points) in (4, 5) and all(
        min(abs(x - box.left), abs(x - box.right)) < 1 and min(abs(y - box.top), abs(y - box.bottom)) < 1
        for x, y in points
    ):
        # A shaded rectangle: its edges part it from its neighbours as lines would.
        drawn.level += [Ruling(y, box.left, box.right) for y in (box.top, box.bottom)]
        drawn.upright += [Ruling(x, box.top, box.bottom) for x in (box.left, box.right)]


def _add_line(box: Box, drawn: Drawn) -> None:
    if box.width >= box.height:
        drawn.level.append(Ruling((box.top + box.bottom) / 2, box.left, box.right))
    if box.height >= box.width or max(box.width, box.height) <= THIN:
        drawn.upright.append(Ruling((box.left + box.right) / 2, box.top, box.bottom))


def put_together(rulings: list[Ruling], *, gap: float = _GAP, near: float = _NEAR) -> list[Ruling]:
    """Return lines with their dashes and overlaps made one; what stays shorter than a letter is left out."""
    done: list[Ruling] = []
    rows: list[list[Ruling]] = []
    for one in sorted(rulings):
        if rows and one.at - rows[-1][0].at <= near:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one.start)
        at, start, end = row[0]
        for one in row[1:]:
            if one.start <= end + gap:
                end = max(end, one.end)
            else:
                done.append(Ruling(at, start, end))
                at, start, end = one
        done.append(Ruling(at, start, end))
    return [one for one in done if one.end - one.start >= _SHORTEST]
