"""Errors planted one at a time into a clean draft: the change, and the rule and place that must speak."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from motcua.reports.tests.drafts import RATIOS, SUMS, Draft, Place, write_pieces, write_ratio

Change = Callable[[Draft, Random], None]


@dataclass(frozen=True)
class Plant:
    """``appendix`` and ``row`` are None for an error in the narrative."""

    rule: str
    name: str
    change: Change
    appendix: int | None = None
    row: str | None = None


SUM_RULES = {
    1: {"7.1": "V01", "8.1": "V02", "3": "M01"},
    2: "V06",
    3: "V08",
    4: "V10",
    5: "V11",
    6: "V12",
    7: "V13",
}
RATIO_RULES = {1: {"2": "V03", "4": "V04"}, 2: "V07", 3: "V09", 6: "V12", 7: "V13"}
BOUND_RULES = {1: "V05", 2: "V07", 3: "V09", 7: "V13"}


def _rule(table: dict, place: Place) -> str:
    entry = table[place[0]]
    return entry if isinstance(entry, str) else entry[place[1]]


def _shift_sum(place: Place) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.values[place] = str(draft.number(*place) + random.randint(1, 40))
        if place == (7, "6.3.1"):
            write_ratio(draft, (7, "6.3"))
        write_pieces(draft)

    return change


def _shift_ratio(place: Place) -> Change:
    def change(draft: Draft, random: Random) -> None:
        written = float(draft.values[place].rstrip("%").replace(",", "."))
        other = written - random.uniform(2, 20) if written > 50 else written + random.uniform(2, 20)
        draft.values[place] = f"{other:.1f}%".replace(".", ",")

    return change


def _part_over_whole(place: Place) -> Change:
    def change(draft: Draft, random: Random) -> None:
        part, whole = RATIOS[place]
        draft.values[place[0], part] = str(draft.number(place[0], whole) + random.randint(1, 9))
        if place[0] == 7:
            draft.values[7, "6.3.1"] = str(draft.number(7, "6.1.2") + draft.number(7, "6.2.2"))
            write_ratio(draft, (7, "6.3"))
        write_ratio(draft, place)
        write_pieces(draft)

    return change


def _nothing_as_zero(place: Place) -> Change:
    def change(draft: Draft, random: Random) -> None:
        for row in RATIOS[place]:
            draft.values[place[0], row] = "0"
        draft.values[place] = random.choice(("0", "0%", "100%"))

    return change


def _present_over_quota(row: str, quota: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.values[4, row] = str(draft.number(4, quota) + random.randint(1, 9))

    return change


def _value(appendix: int, row: str, *choices: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.values[appendix, row] = random.choice(choices)

    return change


def _piece(name: str, old: str, new: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        year = str(draft.period.year)
        before = draft.pieces[name]
        draft.pieces[name] = before.replace(old.replace("YEAR", year), new.replace("YEAR", year), 1)
        assert draft.pieces[name] != before, f"nothing planted in {name}"

    return change


def _add_piece(text: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.pieces["added"] = text.replace("YEAR", str(draft.period.year))

    return change


def _text_says_other(piece: str, appendix: int, row: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        kept = draft.values[appendix, row]
        draft.values[appendix, row] = str(int(kept) + random.randint(1, 30))
        pieces = draft.pieces
        write_pieces(draft)
        draft.pieces = {**pieces, piece: draft.pieces[piece]}
        draft.values[appendix, row] = kept

    return change


def _shifted_window(draft: Draft, random: Random) -> None:
    window = draft.period.window("cchc")
    first = f"{window.first:%d/%m/%Y}"
    draft.notes[1, "7.1"] = f"Số liệu từ {first} đến 12/{window.last:%m/%Y}"


def _reversed_range(draft: Draft, random: Random) -> None:
    window = draft.period.window("cchc")
    wrong_year = window.last.replace(year=window.last.year - 1)
    draft.notes[1, "8.1"] = f"Số liệu từ {window.first:%d/%m/%Y} đến hết {wrong_year:%d/%m/%Y}"


def _note(appendix: int, row: str, text: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.notes[appendix, row] = text

    return change


def _unit(appendix: int, row: str, text: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.units[appendix, row] = text

    return change


def _drop(appendix: int, row: str) -> Change:
    def change(draft: Draft, random: Random) -> None:
        draft.dropped.add((appendix, row))

    return change


def _far_more_than_own(draft: Draft, random: Random) -> None:
    draft.values[3, "1.2"] = str(4 * draft.number(7, "6.3.1") + 1)
    draft.notes[3, "1.2"] = ""


PLANTS: tuple[Plant, ...] = (
    *(
        Plant(_rule(SUM_RULES, place), f"sum {place}", _shift_sum(place), *place)
        for place in SUMS
        if place != (6, "II.4")
    ),
    *(Plant(_rule(RATIO_RULES, place), f"ratio {place}", _shift_ratio(place), *place) for place in RATIOS),
    *(
        Plant(
            BOUND_RULES[place[0]],
            f"part over whole {place}",
            _part_over_whole(place),
            place[0],
            RATIOS[place][0],
        )
        for place in RATIOS
        if place[0] in BOUND_RULES
    ),
    *(
        Plant(_rule(RATIO_RULES, place), f"0/0 as a number {place}", _nothing_as_zero(place), *place)
        for place in RATIOS
        if place not in {(7, "6.1"), (7, "6.2"), (7, "6.3")}
    ),
    Plant("V10", "present over quota", _present_over_quota("II.2", "II.1"), 4, "II.2"),
    Plant("V10", "workers over quota", _present_over_quota("III.2", "III.1"), 4, "III.2"),
    Plant("V14", "services in text", _text_says_other("services", 7, "6.1.2"), 7, "6.1.2"),
    Plant("V14", "full services in text", _text_says_other("services", 7, "6.2.2"), 7, "6.2.2"),
    Plant("V15", "text for a count", _value(1, "6.1", "9 phòng ban, đơn vị", "nhiều", "khoảng 10"), 1, "6.1"),
    Plant("V15", "percent for a count", _value(1, "6.4", "12%", "100%"), 1, "6.4"),
    Plant("V15", "half a person", _value(5, "II.2", "1,5", "2.25"), 5, "II.2"),
    Plant("V15", "unknown code", _value(1, "11", "2", "Có rồi", "5"), 1, "11"),
    Plant("V15", "unknown code of three", _value(7, "4", "3", "hoàn thành"), 7, "4"),
    Plant("V16", "instrument of the future", _piece("plans", "05/01/YEAR", "28/12/YEAR")),
    Plant("V16", "impossible day", _add_piece("Họp ngày 30/02/YEAR về cải cách hành chính.")),
    Plant("V16", "reversed range", _reversed_range, 1, "8.1"),
    Plant("V16", "two dates", _add_piece("Tiếp tục Kế hoạch số 15/KH-VP ngày 10/01/YEAR.")),
    Plant("V18", "row of Home Affairs", _value(1, "5.1", "3", "0"), 1, "5.1"),
    Plant("V18", "row of districts", _value(1, "9", "Có", "Không"), 1, "9"),
    Plant("V19", "other closing day", _shifted_window, 1, "7.1"),
    *(
        Plant("V20", f"tasks in text {row}", _text_says_other("tasks_government", 1, row), 1, row)
        for row in ("8.1", "8.2", "8.3", "8.4", "8.5")
    ),
    *(
        Plant("V20", f"tasks in text {row}", _text_says_other("tasks_province", 1, row), 1, row)
        for row in ("7.1", "7.2", "7.3", "7.4")
    ),
    Plant("M02", "over a hundred", _value(7, "5.1.1", "101", "120,5%"), 7, "5.1.1"),
    Plant("M02", "negative count", _value(5, "II.3", "-1", "-20"), 5, "II.3"),
    Plant("M03", "unit of another row", _unit(4, "I.1", "100%"), 4, "I.1"),
    Plant("M03", "people for dossiers", _unit(3, "3.1.1", "Người"), 3, "3.1.1"),
    Plant("M04", "value in a heading", _value(6, "II", "2", "17"), 6, "II"),
    Plant("M05", "blank count", _value(1, "6.4", "", "-"), 1, "6.4"),
    Plant("M05", "blank code", _value(1, "11", "", "…"), 1, "11"),
    Plant("M06", "lost row", _drop(1, "6.2"), 1, "6.2"),
    Plant("M07", "note against name", _note(3, "1.4.2", "Không bao gồm TTHC của cơ quan ngành dọc"), 3, "1.4.2"),
    Plant("M08", "scope not said", _far_more_than_own, 3, "1.2"),
    Plant("M09", "two vocabularies", _note(7, "6.1", ""), 7, "6.1"),
    Plant("M10", "number of another year", _piece("plans", "61/2018/NĐ-CP", "61/2008/NĐ-CP")),
    Plant("M11", "symbol of another kind", _piece("plans", "2250/QĐ-UBND", "2250/QC-UBND")),
    Plant("M12", "number before its time", _add_piece("Ban hành Kế hoạch số 13/KH-VP ngày 10/01/YEAR.")),
    Plant("M13", "wrong difference", _piece("visits", "8.628", "8.682")),
    Plant("M13", "parts of the quota", _add_piece("Hiện có 90 người (nam: 52; nữ: 36) tại cơ quan.")),
)
