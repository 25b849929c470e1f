"""The five ratios that the demonstration shows, with the formulas that the plans state."""

from collections.abc import Callable
from datetime import date

from motcua.indicators.actions.targets import define
from motcua.indicators.models import Indicator

SINCE = date(2018, 1, 1)
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
    """Define the five ratios; those already defined are left alone."""
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
