"""Headings that stand above tables as paragraphs: "1. Sở Nội vụ", "II. NHIỆM VỤ THƯỜNG XUYÊN", "Giao Sở A …:"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.plans.rules.bodies.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.bodies.doers import ASKED, doers, is_owner, unasked
from motcua.plans.rules.layout.columns import Role
from motcua.plans.rules.layout.labels import Label, split_label
from motcua.plans.rules.sentences.fields import fields_of
from motcua.reading.blocks import Block, Paragraph

_LONGEST = 150
_RANKS = {"upper": -5, "roman": -4, "arabic": -3, "lower": -1, "": -2}
_ANNEX = re.compile(r"^(?:phụ lục|biểu|phụ biểu|bảng|danh mục|mẫu)\b", re.I)
_NO_BODY = re.compile(
    r"^(?:nhóm|khu|quản lý|tất cả|cơ sở|nhà|quỹ|tổ chức|doanh nghiệp|các (?!sở|cơ quan|đơn vị|phòng|ban|xã|ngành|"
    r"bộ|chi (?:bộ|hội|đoàn|cục)|trạm|khoa|tổ|đội|thôn|phường|cục|vụ|trung tâm|trường|hội|đoàn thể|chủ đầu tư))",
    re.I,
)
_SIGNED = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\b|^(?:phó )?(?:chủ tịch|giám đốc|chánh|trưởng|bộ trưởng|bí thư)", re.I)
_FOOTNOTE = re.compile(r"^(?:\(?\d{1,2}\)?|\*+)\s+\S")


@dataclass(frozen=True)
class Above:
    """A heading above a table. ``rank`` sorts it above all headings inside tables."""

    label: Label | None
    title: str
    rank: int
    line: int
    bodies: tuple[str, ...] = ()  # whom it names, and nothing else

    @property
    def style(self) -> str:
        return self.label.style if self.label else ""


def headings_above(between: Sequence[Sequence[Block]]) -> list[list[Above]]:
    """Return for each table the headings that open above it, outermost first.

    ``between``: what stands before each table of one annex and after the table before. A heading counts where it names
    the bodies that the table is for, or where another table has one of the same style: a lone "II. NỘI DUNG" above the
    only table of a plan is a part of the document, not a section of the table.
    """
    found = [_nearest(blocks) for blocks in between]
    styles = Counter(style for own in found for style in {one.style for one in own})
    return [[one for one in own if one.bodies or one.label and styles[one.style] > 1] for own in found]


def asked_above(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the bodies to whom the sentence right above a table gives it.

    "Giao Sở A thực hiện các nhiệm vụ sau:" or a label of its own, "Cơ quan chủ trì: Sở A".
    """
    texts = [block.text.strip(" *_") for block in blocks if isinstance(block, Paragraph)]
    last = split_label(texts[-1])[1] if texts else ""
    if last.endswith(":") and ASKED.match(last):
        return tuple(doers(last)[0])
    labelled = next((one.value for one in fields_of(last) if one.role is Role.LEAD), "")
    return split_agencies(labelled, is_lead=True).names if looks_like_agency(labelled) else ()


def has_owner(blocks: Sequence[Block]) -> bool:
    """Tell whether what stands right above a table says whose work it lists."""
    return bool(asked_above(blocks)) or any(one.bodies for one in _nearest(blocks))


def is_page_end(blocks: Sequence[Block]) -> bool:
    """Tell whether only footnotes stand between two tables: the second goes on with the first."""
    return all(isinstance(block, Paragraph) and _FOOTNOTE.match(block.text) for block in blocks)


def bodies_named(title: str) -> tuple[str, ...]:
    """Return the bodies that a heading names ("Sở Nội vụ", "Nhiệm vụ của UBND cấp xã"); () where it says more."""
    bare = unasked(title.strip(" *_:."))
    if not is_owner(bare) or len(bare.split()) < 2 or ":" in bare or _NO_BODY.match(bare):
        return ()
    return split_agencies(bare).names


def _nearest(blocks: Sequence[Block]) -> list[Above]:
    """Return the headings right above a table, outermost first; one sentence may stand between them and the table."""
    found: list[Above] = []
    for at, block in enumerate(reversed(blocks)):
        heading = _heading(block) if isinstance(block, Paragraph) else None
        if heading is None and at == 0:
            continue
        if heading is None or found and heading.rank >= found[0].rank:
            break
        found.insert(0, heading)
    return found


def _heading(block: Paragraph) -> Above | None:
    text = block.text.strip(" *_")
    if len(text) > _LONGEST or text.endswith((".", ";", ",")) or _ANNEX.match(text) or _SIGNED.match(text):
        return None
    label, title = split_label(text)
    title = title.rstrip(" :")
    bodies = bodies_named(title)
    if not title or label is None and not bodies or label is not None and not title[:1].isupper():
        return None
    style = label.style if label else ""
    return Above(label, title, _RANKS[style], block.line_start, bodies)
