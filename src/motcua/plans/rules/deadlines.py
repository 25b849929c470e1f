"""Deadline expressions to typed deadlines with the reading told in words (DOMAIN 10.2, R10.1-R10.6)."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from motcua.base.text import fold, squash
from motcua.plans.rules.roman import mended
from motcua.plans.rules.time_spans import CITATION, Span, spans

_EVERY = (
    ("day", r"(hang|hang|moi) ngay\b"),
    ("week", r"(hang|moi) tuan\b|tuan mot lan|1 tuan/lan"),
    ("month", r"(hang|moi) thang\b|\b(mot|1|01) thang\s*/?\s*(mot |1 )?lan|thang/lan"),
    (
        "quarter",
        r"(hang|moi) quy\b|\b(3|03|ba) thang\s*/?\s*(mot |1 )?lan|quy/lan|tung quy|thang cuoi quy|cuoi (moi )?quy",
    ),
    ("half", r"\b(6|06|sau) thang\s*/?\s*(mot |1 )?lan|6 thang va (ca )?nam|6 thang, (ca )?nam"),
    ("year", r"(hang|moi) nam\b|nam mot lan|1 nam/lan"),
)
_WORDS = {
    "day": "hằng ngày",
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half": "6 tháng một lần",
    "year": "hằng năm",
}
_ONGOING = re.compile(r"\b(thuong xuyen|lien tuc|xuyen suot|suot (ca )?nam|hang ngay lien tuc)\b")
_EVENT = re.compile(
    r"^(ngay )?(khi|sau khi|ngay sau)\b|\bkhi (co|duoc|phat sinh|nhan|thay doi)\b|^theo yeu cau|^(khi )?dot xuat|"
    r"\b\d+ ngay( lam viec)? (ke )?(tu|sau)\b|\b\d+ ngay( lam viec)?,? (ke )?tu (ngay|khi)\b|^sau \d+ (ngay|thang)"
)
_EXTERNAL = re.compile(r"\b(theo|thuc hien theo|can cu)\b|^de an\b|\blo trinh\b|\btien do (cua )?de an")
_REFERENCE = re.compile(
    r"^(?:thực hiện )?(?:theo|căn cứ)\s+(?:(?:đúng )?(?:lộ trình|tiến "
    r"độ|quy định(?: tại)?|thời gian(?: quy định)?(?: tại)?)\s*)?"
    r"(?:của\s+)?",
    re.I,
)
_PROJECT = re.compile(r"Đề án(?: số)? (\d{1,4})(?![\d/])")
_NUMBER = re.compile(r"\d+\s*/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z]*(?:\d+)?(?:-[A-ZĐa-z]+)*\d*")
_LATEST = re.compile(r"\b(cham nhat|muon nhat|khong qua|toi da den)\b")
_UPTO = re.compile(
    r"\b(den|den het|het|cham nhat|muon nhat|khong qua|truoc het)( la)?( vao)?( trong)?( het)?( ngay| cuoi)?\s*$"
)
_BEFORE = re.compile(r"\btruoc( ngay| het)?\s*$")
_SINCE = re.compile(r"\b(tu|ke tu|bat dau tu)( ngay)?\s*$")


@dataclass(frozen=True)
class Deadline:
    """A typed deadline.

    kind: date, before, period, recurring, ongoing, event, external or unspecified. ``before`` is exclusive (R10.1);
    ``latest`` is the hard limit of a two-stage expression (R10.5); ``every``: day, week, month, quarter, half, year.
    ``explanation`` tells the reading in Vietnamese; ``year_assumed`` when the year is the plan's own.
    """

    kind: str
    date: dt.date | None = None
    before: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    latest: dt.date | None = None
    every: str | None = None
    day: int | None = None
    note: str | None = None
    refers_to: str | None = None
    ocr_fix: str | None = None
    within: str | None = None
    explanation: str = ""
    year_assumed: bool = False

    @property
    def due_on(self) -> dt.date | None:
        """The last acceptable day, where the expression alone tells it."""
        if self.before is not None:
            return self.before - dt.timedelta(days=1)
        return self.latest or self.date or (self.end if self.kind in ("period", "ongoing") else None)

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"kind": self.kind}
        for name in (
            "date",
            "before",
            "start",
            "end",
            "latest",
            "every",
            "day",
            "note",
            "refers_to",
            "ocr_fix",
            "within",
        ):
            value = getattr(self, name)
            if value is not None:
                shown[name] = value.isoformat() if isinstance(value, dt.date) else value
        return shown


UNSPECIFIED = Deadline("unspecified", explanation="Văn bản không ghi thời hạn.")


def parse_deadline(text: str, default_year: int | None = None, context: str = "") -> Deadline:
    """Return the typed deadline of a deadline cell or phrase.

    ``default_year`` completes expressions without a year; ``context`` (the headings above) resolves "của Đề án".
    """
    shown = squash(text).strip(" .;,")
    if not shown:
        return UNSPECIFIED
    clear = mended(shown)
    deadline = _read(clear, default_year, context)
    if clear != shown and deadline.kind != "unspecified":
        deadline = replace(
            deadline, ocr_fix=clear, explanation=f"{deadline.explanation} (đọc “{clear}” từ bản chữ “{shown}”)"
        )
    return deadline


def _read(text: str, default_year: int | None, context: str) -> Deadline:
    folded = re.sub(r"\bhằng\b", "hàng", text.lower())
    folded = fold(folded)
    named = spans(text, default_year)
    if _recurs(folded):
        return _recurring(text, folded)
    if _ONGOING.search(folded):
        return _ongoing(named)
    if _EVENT.search(folded) and not (named and not folded.startswith(("khi", "ngay", "sau"))):
        return _event(text)
    if named:
        return _dated(folded, named)
    if _EXTERNAL.search(folded) or _NUMBER.search(text):
        return _external(text, context)
    return replace(UNSPECIFIED, explanation=f"Không hiểu được thời hạn “{text}”.")


def _recurs(folded: str) -> bool:
    return "dinh ky" in folded or any(re.search(pattern, folded) for _, pattern in _EVERY)


def _recurring(text: str, folded: str) -> Deadline:
    every = next((name for name, pattern in _EVERY if re.search(pattern, folded)), None)
    note = None
    quarters = re.search(r"\bquy (i{1,3}|iv)\b((, ?| va )(quy )?(i{1,3}|iv)\b)*( va (ca )?nam)?", folded)
    if every is None and quarters:
        every = "quarter"
        listed = re.findall(r"\b(iv|i{1,3})\b", quarters.group())
        note = ",".join(f"Q{['i', 'ii', 'iii', 'iv'].index(one) + 1}" for one in listed)
        note += " and the year" if quarters.group(6) else ""
    elif every and re.search(rf"{_EVERY[3][1]}.*\bnam\b", folded) and every == "quarter" and ", nam" in folded:
        note = "Q1,Q2,Q3,Q4 and the year"
    if "dot xuat" in folded:
        note = f"{note}; " if note else ""
        note += "also on demand"
    day = re.search(r"\b(truoc )?ngay (\d{1,2})\b(?!\s*/)", folded)
    on_day = (int(day.group(2)) - (1 if day.group(1) else 0)) if day else None
    words = _WORDS.get(every or "", "định kỳ, không rõ chu kỳ")
    told = f"Việc lặp lại: {words}" + (f", chậm nhất ngày {on_day}" if on_day else "")
    return Deadline("recurring", every=every, note=note, day=on_day, explanation=f"{told} (“{text}”).")


def _ongoing(named: list[Span]) -> Deadline:
    if not named:
        return Deadline("ongoing", explanation="Việc thường xuyên, không có hạn cuối.")
    start, end = named[0].start, named[-1].end
    return Deadline(
        "ongoing",
        start=start,
        end=end,
        year_assumed=any(span.year_assumed for span in named),
        explanation=f"Việc thường xuyên từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}.",
    )


def _event(text: str) -> Deadline:
    within = re.search(r"(\d+)\s+ngày(\s+làm việc)?", text, re.I)
    told = f" Hạn {within.group()} tính từ sự kiện." if within else ""
    return Deadline(
        "event", within=within.group() if within else None, explanation=f"Hạn tính khi sự kiện xảy ra: “{text}”.{told}"
    )


def _dated(folded: str, named: list[Span]) -> Deadline:
    first, last = named[0], named[-1]
    if len(named) == 1:
        deadline = _of_one(folded, first)
    elif _LATEST.search(folded[first.upto : last.at]):
        words = f"Phấn đấu trong {first.words}, hạn cuối cùng {last.end:%d/%m/%Y}."
        deadline = Deadline("period", start=first.start, end=first.end, latest=last.end, explanation=words)
    else:
        start, end = min(span.start for span in named), max(span.end for span in named)
        deadline = _within(start, end, "các mốc nêu trong văn bản")
    return replace(deadline, year_assumed=any(span.year_assumed for span in named))


def _of_one(folded: str, span: Span) -> Deadline:
    """Return the deadline of an expression that names one stretch of time."""
    lead_in = folded[: span.at]
    if _BEFORE.search(lead_in) or folded[span.at :].startswith("truoc "):
        final = span.start - dt.timedelta(days=1)
        words = f"Trước {span.words}: ngày cuối cùng còn đúng hạn là {final:%d/%m/%Y}."
        return Deadline("before", before=span.start, explanation=words)
    if _SINCE.search(lead_in):
        words = f"Thực hiện từ {span.start:%d/%m/%Y}, không có hạn cuối."
        return Deadline("ongoing", start=span.start, explanation=words)
    if _UPTO.search(lead_in):
        return Deadline("date", date=span.end, explanation=f"Chậm nhất đến hết ngày {span.end:%d/%m/%Y}.")
    if re.search(r"cac nam (tiep theo|sau)", folded):
        words = f"Thực hiện từ {span.words} và các năm sau."
        return Deadline("ongoing", start=span.start, explanation=words)
    if span.exact:
        return Deadline("date", date=span.end, explanation=f"Hạn đúng {span.words}, kể cả ngày đó.")
    return _within(span.start, span.end, span.words)


def _within(start: dt.date, end: dt.date, words: str) -> Deadline:
    told = f"Trong {words}: từ {start:%d/%m/%Y} đến hết {end:%d/%m/%Y}."
    return Deadline("period", start=start, end=end, explanation=told)


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


_PHRASE = re.compile(
    r"(?:trước|chậm nhất(?: là)?|hoàn thành(?: xong)?(?: trước| trong)?|xong trước|đến hết)\s+(?:ngày|tháng|quý|năm)\s+"
    r"[\dIVXivx][^,;.()]{0,24}?\d{4}"
    r"|(?<!báo cáo )(?<!chế độ )định kỳ(?:\s+(?:hàng|hằng)\s+\w+(?:, "
    r"(?:tháng|quý|năm))*|\s+ngày \d+ tháng cuối quý)?(?:\s+hoặc đột xuất)?"
    r"|(?:hàng|hằng) (?:tuần|tháng|quý|năm)(?:, (?:tháng|quý|năm))*"
    r"|trong (?:tháng|quý|năm) [\dIVX]+(?:\s*/\s*| năm )?\d*",
    re.I,
)


def find_deadline(sentence: str) -> str:
    """Return the deadline phrase inside a sentence, empty if there is none."""
    found = _PHRASE.search(sentence)
    return squash(found.group()) if found else ""
