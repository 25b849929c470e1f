"""A published round as a document and as open data."""

import json
from collections.abc import Iterator
from typing import Any

from motcua.assessments.models import Publication
from motcua.assessments.rendering.official import DOCUMENTS, annex, decimal, document, to_document
from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import OfficialDocument
from motcua.documents.rendering.list_file import csv_text

FIELDS = (
    "round", "edition", "period", "rank", "unit", "unit_name", "criterion", "title", "most", "self", "value", "points",
    "is_not_applicable",
)  # fmt: skip
CODE_WIDTH, NAME_WIDTH, NUMBER_WIDTH, BAND_WIDTH = 1.0, 6.0, 1.8, 2.6


def results_file(published: Publication, file_format: str) -> bytes:
    """Return a published edition as ``pdf``, ``docx``, ``xlsx``, ``csv`` or ``json``."""
    if file_format in DOCUMENTS:
        return to_document(_document(published), file_format)
    if file_format == "csv":
        return csv_text(FIELDS, [[row[name] for name in FIELDS] for row in flat_rows(published)]).encode()
    told = {**published.content, "edition": published.edition, "digest": published.digest, "reason": published.reason}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def flat_rows(published: Publication) -> Iterator[dict[str, Any]]:
    """Yield a row for each criterion of each unit, in the words of FIELDS."""
    content = published.content
    criteria = {each["code"]: each for each in content["criteria"]}
    head = {"round": content["round"], "edition": published.edition, "period": content["period"]}
    for unit in content["units"]:
        for score in unit["scores"]:
            told = criteria[score["criterion"]]
            yield {
                **head,
                "rank": unit["rank"],
                "unit": unit["code"],
                "unit_name": unit["name"],
                "title": told["title"],
                "most": told["most"],
                **{name: score[name] for name in ("criterion", "self", "value", "points", "is_not_applicable")},
            }


def _document(published: Publication) -> OfficialDocument:
    content, found = published.content, published.round
    tops = [each for each in content["criteria"] if not each["parent"]]
    head = [
        "Hạng",
        "Đơn vị",
        *(f"{each['code']}. {each['title']}" for each in tops),
        "Tổng điểm",
        "Quy đổi",
        "Xếp hạng",
    ]
    widths = [CODE_WIDTH, NAME_WIDTH, *(NUMBER_WIDTH for _top in tops), NUMBER_WIDTH, NUMBER_WIDTH, BAND_WIDTH]
    lines = [
        [
            str(unit["rank"]),
            unit["name"],
            *(decimal(unit["groups"][each["code"]]["points"]) for each in tops),
            decimal(unit["points"]),
            decimal(unit["scaled"]),
            unit["band"],
        ]
        for unit in content["units"]
    ]
    return document(
        found.unit,
        kind="Thông báo",
        subject=f"Kết quả {content['title'][:1].lower()}{content['title'][1:]} {found.period_label}",
        paragraphs=_paragraphs(published),
        annexes=[annex("Phụ lục", f"Kết quả đánh giá {found.period_label}", head, widths, lines)],
        day=published.published_at.astimezone(VIETNAM).date(),
    )


def _paragraphs(published: Publication) -> list[str]:
    content = published.content
    basis = f" ({content['basis']})" if content["basis"] else ""
    texts = [
        f"Áp dụng {content['set_title']}{basis}, phiên bản {content['set_version']}; "
        f"tổng điểm tối đa {content['most'].replace('.', ',')}. Nguồn nội dung: {content['source']}.",
        f"Đã đánh giá {len(content['units'])} đơn vị; điểm từng nhóm tiêu chí và thứ hạng tại phụ lục kèm theo. "
        "Tiêu chí không áp dụng được trừ khỏi điểm tối đa; cột Quy đổi đưa về cùng điểm tối đa để so sánh.",
    ]
    if content["left_out"]:
        texts.append(f"Không đánh giá: {', '.join(content['left_out'])}.")
    if published.reason:
        texts.append(f"Công bố lần {published.edition}, thay lần trước; lý do: {published.reason}.")
    return texts
