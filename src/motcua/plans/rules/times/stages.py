"""Days of one deadline put together: one day, a stretch, two stages, or several days each for its own thing."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from motcua.base.text import squash
from motcua.plans.rules.times.time_spans import Span

ONE_DAY = timedelta(days=1)
_CLOCK = re.compile(
    r"\btruoc\s+(?:luc\s+)?\d{1,2}\s*(?:h|gio|g|:)\s*\d{0,2}\s*(?:phut)?,?\s*(?:cua\s+)?(?:thu \w+,?\s*)?(?:ngay)?\s*$"
)
_BEFORE = re.compile(
    r"\btruoc(?:(?: (?:ngay|thoi diem|thang|quy|nam|luc|moc))*(?: thu \w+,?)?| (?:ky hop|hoi nghi|dai hoi|dot)"
    r"\b[^,;]*)\s*$"
)
_LISTED_ON = re.compile(r"^\s*(?:\([^()]*\))?\s*(?:,|va)?\s*(?:ngay)?\s*$")
_RANGE = re.compile(r"^\s*(?:-|den|toi)\b|^\s*-\s*$")
_LATEST = re.compile(
    r"\b(?:cham nhat|muon nhat|tre nhat|khong qua|khong muon hon|khong cham hon|khong tre hon|toi da den|"
    r"han cuoi(?: cung)?|"
    r"han chot|thoi han cuoi(?: cung)?)\b"
)
_UPTO = re.compile(
    r"(?:\b(?:den|toi|het|truoc het|cham nhat|muon nhat|tre nhat|khong qua|khong muon hon|khong cham hon|khong tre hon|"
    r"han cuoi(?: cung)?|han chot|thoi han cuoi(?: cung)?)\b)(?:\s*(?:la|vao|trong|den|het|thoi diem|ngay|cuoi|"
    r"thang|quy|nam))*\s*:?\s*$"
)
_SINCE = re.compile(
    r"\b(?:tu|ke tu|bat dau(?: tu| thuc hien)?|khoi cong|ap dung)(?: (?:sau|ngay|thang|dau|nam|quy))*\s*:?\s*$"
)
_AFTER = re.compile(r"\bsau(?: ngay| thang| quy| nam)?\s*$")
_HAS_END = frozenset({"days", "months", "quarters", "years", "half"})  # "từ quý I đến quý III" is one stretch
_ON = re.compile(r"^\s*(?:tro di|tro ve sau|va cac nam (?:tiep theo|sau|ke tiep)|va nhung nam|va cac nam)\b")
_OUTLOOK = re.compile(r"\b(?:dinh huong|tam nhin)\b[^;.]*$")
_NO_LABEL = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|không quá|đến|hết|trong|ngày|tháng|quý|năm|từ|là|vào|và|xong|hoàn thành|thời gian|"
    r"thời hạn|cuối|đầu|giữa)\b|[\d/.,:;()–+-]",
    re.I,
)


@dataclass(frozen=True)
class Milestone:
    """One of several days of a deadline and what it is for; ``text`` empty where the document does not say."""

    text: str
    start: date | None
    due: date

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start.isoformat() if self.start else None, "due": self.due.isoformat()}


@dataclass(frozen=True)
class Piece:
    """One named stretch with what the words before it make of it: ``due`` None where it only begins something."""

    span: Span
    lead: str
    start: date | None
    due: date | None
    is_before: bool = False  # the text excludes the day after ``due``
    is_point: bool = False  # a last day, not a stretch

    @property
    def is_latest(self) -> bool:
        return bool(_LATEST.search(self.lead))


@dataclass(frozen=True)
class Staged:
    """The days of a deadline: ``before`` exclusive, ``due`` and ``latest`` inclusive; ``words`` tell the reading."""

    words: str
    start: date | None = None
    due: date | None = None
    before: date | None = None
    latest: date | None = None
    is_day: bool = False
    is_open_ended: bool = False
    milestones: tuple[Milestone, ...] = ()
    used: tuple[Span, ...] = ()


def staged(text: str, folded: str, named: list[Span]) -> Staged:
    """Return what the stretches ``named`` in ``folded`` say together. ``text``: the same with its accents, or ""."""
    pieces = _pieces(folded, named)
    if len(pieces) == 1:
        return _one(folded, pieces[0])
    first, last = pieces[0], pieces[-1]
    if (bracketed := _narrower(folded, pieces)) is not None:
        return bracketed
    if last.is_latest and first.due and last.due:
        words = f"Phấn đấu trong {first.span.words}, hạn cuối cùng {last.due:%d/%m/%Y}."
        return Staged(
            words, first.start, first.due, latest=max(first.due, last.due), is_day=first.is_point, used=_spans(pieces)
        )
    return _several(text, folded, pieces)


def _pieces(folded: str, named: list[Span]) -> list[Piece]:
    result: list[Piece] = []
    before = 0
    for span in named:
        lead = folded[before : span.at]
        before = span.upto
        piece = _piece(folded, span, lead)
        if result and result[-1].is_before and span.exact and _LISTED_ON.match(lead):
            piece = replace(piece, start=None, due=span.start - ONE_DAY, is_before=True)  # "trước 20/6, 20/12"
        result.append(piece)
    kept = [piece for at, piece in enumerate(result) if not at or not _is_aside(folded, piece)]
    return kept or result


def _is_aside(folded: str, piece: Piece) -> bool:
    """Tell whether a later stretch is no deadline: an outlook, or a bracket about something else."""
    if _OUTLOOK.search(piece.lead):
        return True
    bracket = piece.lead.rfind("(")
    inside = bracket >= 0 and ")" not in piece.lead[bracket:]
    words = piece.lead[bracket + 1 :].strip()
    return inside and bool(words) and not (piece.is_point or piece.due is None or piece.is_latest)


def _piece(folded: str, span: Span, lead: str) -> Piece:
    if _CLOCK.search(lead):
        return Piece(span, lead, None, span.end, is_point=True)
    if _BEFORE.search(lead):
        if span.is_loose and span.words.startswith("cuối"):
            return Piece(span, lead, None, span.end, is_point=True)
        return Piece(span, lead, None, span.start - ONE_DAY, is_before=True, is_point=True)
    if _ON.match(folded[span.upto :]) or re.search(r"cac nam (?:tiep theo|sau)|tro di", folded[span.upto :]):
        return Piece(span, lead, span.start, None)
    if _AFTER.search(lead):
        return Piece(span, lead, span.end + ONE_DAY, None)
    if _SINCE.search(lead) and span.unit not in _HAS_END:
        return Piece(span, lead, span.start, None)
    if _UPTO.search(lead):
        return Piece(span, lead, None, span.end, is_point=True)
    return Piece(span, lead, span.start, span.end, is_point=span.exact)


def _one(folded: str, piece: Piece) -> Staged:
    span, used = piece.span, (piece.span,)
    if piece.is_before and piece.due:
        words = f"Trước {span.words}: ngày cuối cùng còn đúng hạn là {piece.due:%d/%m/%Y}."
        return Staged(words, due=piece.due, before=span.start, used=used)
    if piece.due is None and piece.start is not None:
        words = f"Thực hiện từ {piece.start:%d/%m/%Y}, không có hạn cuối."
        return Staged(words, piece.start, is_open_ended=True, used=used)
    due = piece.due or span.end
    if piece.start is None:
        return Staged(f"Chậm nhất đến hết ngày {due:%d/%m/%Y}.", due=due, is_day=True, used=used)
    if span.exact:
        return Staged(f"Hạn đúng {span.words}, kể cả ngày đó.", piece.start, due, is_day=True, used=used)
    return Staged(_stretch(piece.start, due, span.words), piece.start, due, used=used)


def _narrower(folded: str, pieces: list[Piece]) -> Staged | None:
    """Return the reading of "Quý I/2024 (trước 20/3)": the bracket closes the stretch before it."""
    first, second = pieces[0], pieces[1]
    if len(pieces) != 2 or not second.due or not first.start or not first.due or not second.is_point:
        return None
    if "(" not in second.lead and "," not in second.lead or not first.start <= second.due <= first.due:
        return None
    if first.is_point or second.is_latest and "(" not in second.lead:
        return None
    words = f"Trong {first.span.words}, chậm nhất {second.due:%d/%m/%Y}."
    before = second.span.start if second.is_before else None
    return Staged(words, first.start, second.due, before, is_day=before is None, used=_spans(pieces))


def _several(text: str, folded: str, pieces: list[Piece]) -> Staged:
    dues = [piece.due for piece in pieces if piece.due]
    used = _spans(pieces)
    starts = [piece.start for piece in pieces if piece.start]
    start = min(starts) if starts and pieces[0].start else None
    if not dues:
        return Staged(
            f"Thực hiện từ {min(starts):%d/%m/%Y}, không có hạn cuối.", min(starts), is_open_ended=True, used=used
        )
    due = max(dues)
    if pieces[-1].due is None and pieces[-1].start and pieces[-1].start > due:
        words = f"Thực hiện từ {start or due:%d/%m/%Y} và các năm sau."
        return Staged(words, start or due, is_open_ended=True, used=used)
    marks = _milestones(text, folded, pieces)
    if start is None or start > due:
        last = max((piece for piece in pieces if piece.due), key=lambda piece: piece.due or due)
        before = last.span.start if last.is_before else None
        words = f"Nhiều mốc, mốc cuối chậm nhất {due:%d/%m/%Y}."
        return Staged(words, None, due, before, is_day=True, milestones=marks, used=used)
    return Staged(_stretch(start, due, "các mốc nêu trong văn bản"), start, due, milestones=marks, used=used)


def _stretch(start: date, end: date, words: str) -> str:
    return f"Trong {words}: từ {start:%d/%m/%Y} đến hết {end:%d/%m/%Y}."


def _spans(pieces: list[Piece]) -> tuple[Span, ...]:
    return tuple(piece.span for piece in pieces)


def _milestones(text: str, folded: str, pieces: list[Piece]) -> tuple[Milestone, ...]:
    """Return the days of a cell that gives each its own thing or lists last days; "từ … đến …" has none."""
    due = [piece for piece in pieces if piece.due]
    if len(due) < 2 or any(piece.due is None for piece in pieces) or _RANGE.match(due[1].lead):
        return ()
    labels = _labels(text, folded, due) if len(text) == len(folded) else [""] * len(due)
    if not any(labels) and not all(piece.is_point for piece in due):
        return ()
    return tuple(
        Milestone(label, piece.start if not piece.is_point else None, piece.due)
        for label, piece in zip(labels, due, strict=True)
        if piece.due
    )


def _labels(text: str, folded: str, pieces: list[Piece]) -> list[str]:
    """Return what each day is for: the words of its clause, "tháng 3: trình" or "trình tháng 3" alike."""
    follows = ":" in folded[pieces[0].span.upto : pieces[0].span.upto + 3] or pieces[0].span.at < 4
    labels = []
    for at, piece in enumerate(pieces):
        if follows:
            end = pieces[at + 1].span.at if at + 1 < len(pieces) else len(text)
            words = text[piece.span.upto : end]
            words = re.split(r"[;(]|,\s*(?=\S+$)", words)[0] if ";" in words else words
        else:
            begin = pieces[at - 1].span.upto if at else 0
            words = text[begin : piece.span.at]
        labels.append(_label(words))
    return labels


def _label(words: str) -> str:
    """Return a clause without the words that only lead to its day; empty where nothing else is said."""
    if len(squash(_NO_LABEL.sub(" ", words))) < 3:
        return ""
    shown = squash(words).strip(" .,:;()+-")
    lead = (
        r"\s*\b(?:(?:hoàn thành|xong)\s+)?(?:trước|chậm nhất|muộn nhất|đến hết|đến|trong|vào|từ)?"
        r"(?:\s*(?:là|ngày|tháng|quý|năm|hết))*$"
    )
    return squash(re.sub(lead, "", shown, flags=re.I)).strip(" .,:;()+-")
