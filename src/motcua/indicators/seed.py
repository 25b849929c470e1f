"""The five ratios that the demonstration shows, with the formulas that the plans state, and two sets of indicators."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from motcua.indicators.actions.sets import define_set
from motcua.indicators.actions.targets import define
from motcua.indicators.models import Indicator
from motcua.indicators.registry import measures
from motcua.indicators.set_models import IndicatorSet

SINCE = date(2018, 1, 1)
SETS = Path(__file__).parent / "data" / "indicator_sets.json"
RATIOS = [
    ("on_time", "Hồ sơ giải quyết đúng hạn", "dossiers.on_time_rate",
     "đã giải quyết đúng hạn / đã giải quyết trong kỳ", "DOMAIN F05"),
    ("online", "Hồ sơ nộp trực tuyến", "dossiers.online_rate",
     "tiếp nhận trực tuyến / tiếp nhận trong kỳ", "DOMAIN 8.9, dòng 6.4"),
    ("digitised", "Hồ sơ, kết quả được số hóa", "dossiers.digitised_rate",
     "hồ sơ được số hóa / hồ sơ tiếp nhận trong kỳ", "DOMAIN F09"),
    ("paid_online", "Thanh toán trực tuyến", "dossiers.paid_online_rate",
     "thanh toán trực tuyến / hồ sơ có nghĩa vụ tài chính đã giải quyết", "DOMAIN F03"),
    ("satisfaction", "Mức độ hài lòng", "dossiers.satisfaction_rate",
     "đánh giá hài lòng / hồ sơ có đánh giá", "DOMAIN 9"),
]  # fmt: skip


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Define the five ratios and the sets; those already defined are left alone."""
    for position, (code, name, measure, formula, source) in enumerate(RATIOS):
        if not Indicator.objects.filter(code=code).exists():
            define(
                code=code,
                name=name,
                measure=measure,
                formula=formula,
                source=source,
                position=position,
                valid_from=SINCE,
                actor="",
            )
    for told in json.loads(SETS.read_text(encoding="utf-8")):
        if not IndicatorSet.objects.filter(code=told["code"]).exists():
            lines = [line for line in told["lines"] if _is_answered(line)]
            since = date.fromisoformat(told["valid_from"])
            define_set(actor="", **{**told, "lines": "\n".join(lines), "valid_from": since})


def _is_answered(line: str) -> bool:
    """Whether a line heads a group, or something answers it: a module may have been taken out of the house."""
    parts = [part.strip() for part in line.split("|")]
    return len(parts) < 3 or parts[2] in measures() or parts[2] in {code for code, *_rest in RATIOS}
