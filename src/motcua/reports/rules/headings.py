"""The head of a report: its number, date, title, period and the unit that sends it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.base.text import fold
from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.citations import as_date
from motcua.reports.rules.lines import Line
from motcua.reports.rules.periods import ReportPeriod

HEAD_LINES = 40
_NUMBER = re.compile(r"\bSố\s*:\s*(\d{1,6})?[\s.…]*/\s*([A-ZĐ][A-Za-zĐđ\d]*(?:[-–][A-Za-zĐđ&\d.]+)*)", re.IGNORECASE)
_REPORT_DATE = re.compile(
    r"(?:^|,)\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*(?:$|(?=BÁO CÁO))", re.MULTILINE
)
_SHORT_DATE = re.compile(r"[^,\d]{2,40},\s*ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})\s*")
_CAPTION_ISSUER = re.compile(r"Kèm theo Báo cáo.*?\bcủa\s+([^()]+?)\s*\)", re.IGNORECASE)
_UNIT_START = re.compile(
    r"(?:^|(?<=\s))(?=(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Sở|Văn phòng|Thanh tra|Ban Dân tộc|Ban Quản lý|"
    r"Chi cục|Cục|Trung tâm|Phòng)\s)",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"(?:thuc hien|can cu|kinh gui|theo|tiep tuc|[ivx]+\.|\d+\.|a\.|_+|-+$)")
_SHARED_SUFFIXES = ("UBND", "HĐND")


@dataclass(frozen=True)
class Heading:
    """``is_report``: the word "Báo cáo" stands over the title. ``reporter`` is a kind of ``reporters.json``."""

    number: str = ""
    symbol: str = ""
    dated: date | None = None
    title: str = ""
    issuer: str = ""
    reporter: str | None = None
    period: ReportPeriod | None = None
    is_report: bool = False
    regime: str = "cchc"


def heading_of(narrative: Sequence[Line], captions: Sequence[str]) -> Heading:
    """Return what the first lines and the appendices' captions say of a report."""
    head = [text for line in narrative[:HEAD_LINES] for text in line.cells if text]
    number, symbol = _number_of(head)
    start, title = _title_of(head)
    issuer, reporter = _issuer_of(head[: start if start is not None else 12], captions, symbol)
    texts = (title, *captions, *(text for text in head[:12] if "ngày" not in text))
    period = next((period for text in texts if text and (period := ReportPeriod.from_title(text))), None)
    regime = _regime_of(" ".join((title, *captions)) or " ".join(head[:12]))
    return Heading(number, symbol, _date_of(head), title, issuer, reporter, period, start is not None, regime)


def _regime_of(title: str) -> str:
    """Return the regime of ``regimes.json`` a title names; Decree 09's general one where it names none."""
    words = fold(title)
    if re.search(r"cai cach hanh chinh|\bcchc\b", words):
        return "cchc"
    if re.search(r"kiem soat (?:thu tuc|tthc)|\bkstthc\b|giai quyet (?:thu tuc|tthc)|vpcp/kstt", words):
        return "kstt"
    if re.search(r"nghi quyet (?:so )?131|131/nq-cp", words):
        return "resolution-131"
    return "decree-09"


def _number_of(head: Sequence[str]) -> tuple[str, str]:
    match = _NUMBER.search("\n".join(head))
    if match is None:
        return "", ""
    return (f"{match[1]}/{match[2]}" if match[1] else ""), match[2]


def _date_of(head: Sequence[str]) -> date | None:
    if match := _REPORT_DATE.search("\n".join(head)):
        return as_date(*match.groups())
    short = next((match for text in head if (match := _SHORT_DATE.fullmatch(text))), None)
    return as_date(*short.groups()) if short else None


def _title_of(head: Sequence[str]) -> tuple[int | None, str]:
    """Return where "BÁO CÁO" stands and the title under it, up to three lines of it."""
    for index, text in enumerate(head):
        folded = fold(text).strip(" *.")
        if folded == "bao cao":
            title: list[str] = []
            for more in head[index + 1 : index + 4]:
                if title and (_TITLE_ENDS.match(fold(more)) or len(more) > 250 or ":" in more):
                    break
                title.append(more)
                if ReportPeriod.from_title(" ".join(title)):
                    break
            return index, " ".join(title)
        if folded.startswith("bao cao ") and text.startswith("BÁO CÁO") and len(text) < 400:
            return index, text[len("BÁO CÁO") :].strip()
    return None, ""


def _issuer_of(head: Sequence[str], captions: Sequence[str], symbol: str) -> tuple[str, str | None]:
    """Return the sender's name and kind: the last unit of the letterhead, under the unit it belongs to."""
    captioned = [match[1] for text in captions if (match := _CAPTION_ISSUER.search(text))]
    for text in captioned:
        if kind := reporter_kind(text):
            return text, kind
    pieces = [piece.strip() for text in head for piece in _UNIT_START.split(text) if piece.strip()]
    known = [(piece, kind) for piece in pieces if (kind := reporter_kind(piece))]
    suffix = symbol.replace("–", "-").partition("-")[2].upper()
    if suffix in ("VP", "VPUBND") and any(fold(piece).startswith("van phong") for piece in pieces):
        return next(piece for piece in pieces if fold(piece).startswith("van phong")), "provincial_office"
    if suffix in _SHARED_SUFFIXES:
        known = [entry for entry in known if entry[1] in ("province", "district", "commune")] or known
    elif suffix:
        # "UBND tỉnh" over a department's own name does not send the department's report.
        known = [entry for entry in known if entry[1] not in ("province", "district", "commune")]
    return known[-1] if known else ("", None)


def reporter_kind(issuer: str) -> str | None:
    """Return the kind of reporter a unit's name shows (``department``, ``commune`` ...), or None."""
    for kind, entry in data_file("reporters")["kinds"].items():
        if re.match(entry["issuer"], issuer, re.IGNORECASE):
            return kind
    return None
