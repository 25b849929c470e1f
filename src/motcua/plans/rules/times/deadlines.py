"""Deadline expressions to typed deadlines with the reading told in words (DOMAIN 10.2, R10.1-R10.6)."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from motcua.base.text import squash
from motcua.plans.rules.layout.roman import mended
from motcua.plans.rules.times.deadline_phrases import find_deadline as find_deadline
from motcua.plans.rules.times.recurrence import LAST, SHOWN, Recurrence, recurrence_of
from motcua.plans.rules.times.spells import Within, spell_in
from motcua.plans.rules.times.stages import Milestone, Staged, staged
from motcua.plans.rules.times.time_context import in_context
from motcua.plans.rules.times.time_spans import CITATION, Span, impossible_dates, plain_time, spans
from motcua.plans.rules.times.time_words import even, mended_time

_ONGOING = re.compile(
    r"\b(thuong xuyen|thuong ky|lien tuc|xuyen suot|suot (ca )?(nam|giai doan|thoi gian)|quanh nam|hang ngay lien tuc|"
    r"trong (suot )?qua trinh|24/(?:7|24)(?!\s*/?\d)|bat dau ngay va|lau dai)\b|\bthuong xuyen"
)
_EVENT = re.compile(
    r"^\W*(?:thuc hien |trien khai |hoan thanh )?(?:ngay )?(?:sau )?khi\b|\b(?:ngay |sau |truoc |den |moi |neu )khi\b|"
    r"\bkhi (?:co|duoc|phat sinh|nhan|thay doi|ket thuc|hoan thanh|bo|chinh phu|trung uong|van ban|luat|cap tren)\b|"
    r"^\W*ngay sau\b|\btheo yeu cau|\bdot xuat\b|\bphat sinh\b|^\W*(?:thuc hien |trien khai )?ngay$|"
    r"^\W*(?:ngay )?trong (?:ngay|buoi)\b|"
    r"^\W*sau (?:hoi nghi|cuoc hop|ky hop|dot)\b|^\W*(?:ke )?tu (?:ngay|khi) (?:ky|ban hanh|co|duoc|nhan)"
    r"\b(?!.* den )|\btruoc (?:it nhat )?\d+ ngay\b|\bcho den khi\b|"
    # "trước ngày Luật có hiệu lực", "từ thời điểm đề án được duyệt": a day that only what happens tells
    r"\b(?:truoc|sau|tu|ke tu|den|vao|trong) (?:ngay|thoi diem|luc) (?!\d)[^,;\d]*"
    r"\b(?:hieu luc|duoc|ban hanh|thong qua|phe duyet|ket thuc|khai mac|be mac|dien ra|hoan thanh|bat dau|khai giang|"
    r"khoi cong|nghiem thu|cong bo)\b"
)
# Meetings and feasts that come when they come, even where words say in which part of a year.
_OCCASION = re.compile(
    r"\b(?:truoc|sau|tai|den|trong|vao) (?:cac |dip )?(?:ky hop|phien hop|cuoc hop|hoi nghi|dai hoi|"
    r"khai giang|be giang|nghiem thu|ky thi|le ky niem|dip|"
    r"tet)\b(?![^,;(]*(?:\d|quy [iv]))"
)
_EXTERNAL = re.compile(
    r"\b(phu hop (?:voi )?|bam (?:sat|theo)|dong bo (?:voi|theo)|gan voi|tuy (?:thuoc|theo)|"
    r"cung (?:thoi diem|tien do)|theo|thuc hien theo|can cu|dung (?:thoi gian|thoi han|tien do|quy dinh|"
    r"lo trinh|han))\b|^de an\b|"
    r"\blo trinh\b|\btien do\b"
)
# Instruments that carry years in their names: "Theo Kế hoạch năm 2024 của UBND tỉnh" sets no date.
_NAMED_BY_YEAR = re.compile(
    r"\b(?:theo|can cu)\b[^,;.(]*\b(?:ke hoach|kh|chuong trinh|de an|nghi quyet|lo trinh|tien do|quyet dinh|"
    r"du an|van ban|"
    r"huong dan|thong bao|cong van|lich)\b[^,;.(]*$"
)
_SETS_DAY = re.compile(
    r"\b(?:truoc|den|cham nhat|muon nhat|khong qua|hoan thanh|xong|trong|het|tu|vao)\b[^,;.(]{0,20}$"
)
_REFERENCE = re.compile(
    r"^(?:thực hiện )?(?:theo|căn cứ|đúng)\s+(?:(?:đúng )?(?:lộ trình|tiến "
    r"độ|quy định(?: tại)?|thời gian(?: quy định)?(?: tại)?)\s+)?"
    r"(?:của\s+)?",
    re.I,
)
_PROJECT = re.compile(r"Đề án(?: số)? (\d{1,4})(?![\d/])")
_NUMBER = re.compile(r"\d+\s*/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z]*(?:\d+)?(?:-[A-ZĐa-z]+)*\d*")
_LATEST_LEAD = re.compile(
    r"\b(cham nhat|muon nhat|tre nhat|khong qua|truoc|hoan thanh|xong|den|han cuoi)\b[^,;]{0,25}$"
)


@dataclass(frozen=True)
class Deadline:
    """A typed deadline.

    kind: date, before, period, recurring, ongoing, event, external or unspecified. ``before`` is exclusive (R10.1);
    ``latest`` is the hard limit of a two-stage expression (R10.5). Recurring: ``every``: day, week, month, quarter,
    half, year; ``day`` (as printed; 31 for the last), ``day_excluded``, ``month`` (of the cycle), ``weekday``; see
    ``recurrence``. Event: ``within`` runs from the event. ``milestones``: days of a cell that names several, each with
    what it is for. ``explanation`` tells the reading in Vietnamese; ``doubts`` what cannot be right in it;
    ``year_assumed`` when the year is the plan's own.
    """

    kind: str
    date: dt.date | None = None
    before: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    latest: dt.date | None = None
    every: str | None = None
    day: int | None = None
    day_excluded: bool = False
    month: int | None = None
    weekday: int | None = None
    note: str | None = None
    refers_to: str | None = None
    ocr_fix: str | None = None
    within: Within | None = None
    milestones: tuple[Milestone, ...] = ()
    explanation: str = ""
    doubts: tuple[str, ...] = ()
    year_assumed: bool = False

    @property
    def due_on(self) -> dt.date | None:
        """The last acceptable day, where the expression alone tells it."""
        if self.before is not None and self.latest is None:
            return self.before - dt.timedelta(days=1)
        return self.latest or self.date or (self.end if self.kind in ("period", "ongoing") else None)

    @property
    def recurrence(self) -> Recurrence | None:
        """The cycle from which ``recurrence.turns`` makes the turns."""
        if self.kind != "recurring":
            return None
        return Recurrence(self.every, self.day, self.day_excluded, self.month, self.weekday, self.note)

    def due_after(self, day: dt.date, add_working_days: Callable[[dt.date, int], dt.date]) -> dt.date | None:
        """Return the last day when the event happens on ``day``; None where the text sets no length from it."""
        return self.within.end_after(day, add_working_days) if self.within else self.latest

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"kind": self.kind}
        for name in _IN_JSON:
            value = getattr(self, name)
            if value is not None and value is not False:
                shown[name] = value.isoformat() if isinstance(value, dt.date) else value
        if self.within:
            shown["within"] = self.within.as_json()
        if self.milestones:
            shown["milestones"] = [each.as_json() for each in self.milestones]
        if self.doubts:
            shown["doubts"] = list(self.doubts)
        return shown


_IN_JSON = (
    "date", "before", "start", "end", "latest", "every", "day", "day_excluded", "month", "weekday", "note", "refers_to",
    "ocr_fix",
)  # fmt: skip
UNSPECIFIED = Deadline("unspecified", explanation="Văn bản không ghi thời hạn.")


def parse_deadline(text: str, default_year: int | None = None, context: str = "") -> Deadline:
    """Return the typed deadline of a deadline cell or phrase.

    ``default_year`` completes expressions without a year; ``context`` (the headings above) resolves "của Đề án"
    and "trong tháng".
    """
    shown = even(squash(text)).strip(" .;,")
    if not shown.strip("-+*()[]/…. "):
        return UNSPECIFIED
    clear = mended_time(mended(shown))
    deadline = _read(clear, default_year, context)
    if wrong := impossible_dates(clear):
        doubts = tuple(f"Không có “{words}” trong lịch." for words in wrong)
        explanation = doubts[0] + " Cần hỏi lại." if deadline.kind == "unspecified" else deadline.explanation
        deadline = replace(deadline, doubts=doubts, explanation=explanation)
    if clear != shown and deadline.kind != "unspecified":
        deadline = replace(
            deadline, ocr_fix=clear, explanation=f"{deadline.explanation} (đọc “{clear}” từ bản chữ “{shown}”)"
        )
    return deadline


def deadline_in_year(text: str, year: int, context: str = "") -> Deadline | None:
    """Return the deadline of ``text`` in a plan of ``year``; None where the text names its year and so stands as it is.

    For when a person corrects a plan's year: the deadlines that took the year from the plan are read again.
    """
    deadline = parse_deadline(text, year, context)
    return deadline if deadline.year_assumed else None


def _read(text: str, default_year: int | None, context: str) -> Deadline:
    folded = plain_time(text)
    named = [span for span in spans(text, default_year) if not _names_instrument(folded, span)]
    if any(span.unit == "school year" for span in named):
        return _external(text, context)
    if not named and (of_context := _of_context(folded, context, default_year)):
        return of_context
    if (first := _dated_clause(text, default_year, context)) is not None:
        return first
    if _OCCASION.search(folded) and all(span.is_loose for span in named):
        return _eventful(text, folded, [], None)
    spell = spell_in(folded)
    again = recurrence_of(folded)
    if again and again.every == "day" and not again.note:
        return _ongoing(folded, named)  # work of every day has no turns to follow
    if again and not (named and not _whole_years(named) and _is_dated_first(folded, named)):
        return _recurring(text, again, named)
    if _ONGOING.search(folded):
        return _ongoing(folded, named)
    if spell or _EVENT.search(folded):
        return _eventful(text, folded, named, spell)
    if named:
        return _dated(text, folded, named)
    if _EXTERNAL.search(folded) or _NUMBER.search(text):
        return _external(text, context)
    return replace(UNSPECIFIED, explanation=f"Không hiểu được thời hạn “{text}”.")


def _dated_clause(text: str, default_year: int | None, context: str) -> Deadline | None:
    """Return the day of "Tháng 5/2026; hằng năm cập nhật": done once by then, and kept up each cycle after it."""
    clauses = re.split(r"\s*;\s*", text, maxsplit=1)
    again = recurrence_of(plain_time(clauses[1])) if len(clauses) == 2 else None
    if again is None or recurrence_of(plain_time(clauses[0])) or not spans(clauses[0], default_year):
        return None
    first = _read(clauses[0], default_year, context)
    note = f"then every {again.every}" if again.every else "then again and again"
    return replace(first, note=note) if first.due_on else None


def _of_context(folded: str, context: str, default_year: int | None) -> Deadline | None:
    """Return "Trong tháng", "Tuần 2" or "Trước ngày 15" under a heading that names the month, None elsewhere."""
    completed = in_context(folded, context, default_year) if context else None
    if completed is None:
        return None
    deadline = parse_deadline(completed[0])
    return replace(deadline, year_assumed=completed[1]) if deadline.kind != "unspecified" else None


def _names_instrument(folded: str, span: Span) -> bool:
    """Tell whether a year belongs to the name of a plan or programme that the deadline refers to."""
    lead = folded[: span.at]
    return span.unit in ("year", "years") and bool(_NAMED_BY_YEAR.search(lead)) and not _SETS_DAY.search(lead)


def _whole_years(named: list[Span]) -> bool:
    return all(span.unit in ("year", "years") for span in named)


def _is_dated_first(folded: str, named: list[Span]) -> bool:
    """Tell whether words of a cycle stand only for what comes after a dated task ("Quý II/2024; hằng năm cập nhật")."""
    again = re.search(r"\b(?:hang|moi|tung|dinh ky|cuoi|lan|thang|quy)\b", folded[named[-1].upto :])
    own = [span for span in named if not span.year_assumed and span.unit not in ("year", "years")]
    return len(own) == len(named) and not again and not re.search(r"\b(?:hang|moi|dinh ky)\b", folded)


def _recurring(text: str, again: Recurrence, named: list[Span]) -> Deadline:
    words = SHOWN.get(again.every or "", "định kỳ, không rõ chu kỳ")
    told = f"Việc lặp lại: {words}"
    if again.day:
        shown = "cuối cùng" if again.day == LAST else str(again.day)
        told += f", {'trước' if again.is_before else 'chậm nhất'} ngày {shown}"
    if again.weekday:
        told += f", {'Chủ nhật' if again.weekday == 7 else f'thứ {again.weekday + 1}'}"
    # A written year bounds the turns; a day within the cycle does not.
    bounds = [span for span in named if span.unit in ("year", "years") and not span.year_assumed]
    start = min((span.start for span in bounds), default=None)
    end = max((span.end for span in bounds), default=None)
    if (
        bounds
        and re.search(r"\b(?:tu|bat dau)(?: \w+){0,2}\s*$", plain_time(text)[: bounds[0].at])
        and len(bounds) == 1
    ):
        end = None
    return Deadline(
        "recurring", every=again.every, note=again.note, day=again.day, day_excluded=again.is_before,
        start=start, end=end, month=again.month, weekday=again.weekday,
        explanation=f"{told} (“{text}”).",
    )  # fmt: skip


def _ongoing(folded: str, named: list[Span]) -> Deadline:
    if not named:
        return Deadline("ongoing", explanation="Việc thường xuyên, không có hạn cuối.")
    read = staged("", folded, named)
    start, end = read.start, read.due
    if read.is_open_ended:
        end = None
    told = (f" từ {start:%d/%m/%Y}" if start else "") + (f" đến {end:%d/%m/%Y}" if end else "")
    assumed = any(span.year_assumed for span in named)
    return Deadline("ongoing", start=start, end=end, year_assumed=assumed, explanation=f"Việc thường xuyên{told}.")


def _eventful(text: str, folded: str, named: list[Span], spell: tuple[Within, int, int] | None) -> Deadline:
    """Return the deadline of words that speak of an event, a length of time, or both, perhaps with days."""
    within = spell[0] if spell else None
    event = _EVENT.search(folded)
    if spell and named and (from_day := _counted_from(folded, named, spell)):
        if spell[0].unit not in ("working days", "working hours"):
            end = spell[0].end_after(from_day, lambda day, _count: day)
            return Deadline(
                "date", date=end, explanation=f"{spell[0].words} tính từ ngày {from_day:%d/%m/%Y}: {end:%d/%m/%Y}."
            )
        told = f"Hạn {spell[0].words} tính từ ngày {from_day:%d/%m/%Y}."
        return Deadline("event", start=from_day, within=within, explanation=told)
    begins = min([event.start()] if event else [], default=spell[1] if spell else 0)
    ahead = [span for span in named if span.upto <= begins]
    if ahead and not spell:
        dated = _dated(text, folded, ahead)
        return replace(dated, note=squash(text[begins:]) if len(text) == len(folded) else None)
    limits = [span for span in named if span.at > begins and _LATEST_LEAD.search(_clause_before(folded, span))]
    latest = max((staged("", folded, [span]).due or span.end for span in limits), default=None)
    told = f" Hạn {within.words} tính từ sự kiện." if within else ""
    told += f" Muộn nhất {latest:%d/%m/%Y}." if latest else ""
    return Deadline(
        "event", within=within, latest=latest, year_assumed=any(span.year_assumed for span in limits),
        explanation=f"Hạn tính khi sự kiện xảy ra: “{text}”.{told}",
    )  # fmt: skip


def _clause_before(folded: str, span: Span) -> str:
    """Return what stands before a span in its own clause; nothing where the clause is the event's."""
    lead = folded[: span.at]
    cut = max(lead.rfind(mark) for mark in ",;(.")
    return lead[cut + 1 :] if cut >= 0 else ""


def _counted_from(folded: str, named: list[Span], spell: tuple[Within, int, int]) -> dt.date | None:
    """Return the day from which a spell runs ("15 ngày kể từ ngày 01/3/2024")."""
    after = [span for span in named if span.exact and span.at >= spell[2]]
    if after and re.fullmatch(r"[\s,]*(?:ke |tinh |bat dau )?(?:tu|sau)(?: ngay)?\s*", folded[spell[2] : after[0].at]):
        return after[0].start
    return None


def _dated(text: str, folded: str, named: list[Span]) -> Deadline:
    read = staged(text, folded, named)
    deadline = _of_stages(read)
    return replace(
        deadline,
        latest=read.latest,
        milestones=read.milestones,
        explanation=read.words,
        year_assumed=any(span.year_assumed for span in read.used),
    )


def _of_stages(read: Staged) -> Deadline:
    if read.is_open_ended:
        return Deadline("ongoing", start=read.start)
    if read.before is not None:
        return Deadline("before", before=read.before, start=read.start)
    if read.is_day or read.start is None:
        return Deadline("date", date=read.due)
    return Deadline("period", start=read.start, end=read.due)


def _external(text: str, context: str) -> Deadline:
    bare = CITATION.sub(" ", text)
    references = [f"Đề án {number}" for number in _PROJECT.findall(bare)]
    references += [squash(number).replace(" ", "") for number in _NUMBER.findall(text)]
    if not references and re.search(r"\bcủa Đề án\b|\btheo Đề án\b", text):
        cited = re.search(r"Đề án\b[^.;]*?(\d+/[\w-]+)", context)
        references = [f"Đề án {cited.group(1)}"] if cited else []
    refers_to = "; ".join(references) or _REFERENCE.sub("", text).strip() or text
    return Deadline(
        "external", refers_to=refers_to, explanation=f"Hạn lấy theo văn bản khác ({refers_to}); cần tra ngày cụ thể."
    )
