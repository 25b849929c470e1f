"""A decision as text for the tests of publication."""

import io

from motcua.procedures.actions.deciding import read_kept_decision, upload_decision
from motcua.procedures.models import Decision
from motcua.reading.reader import read

TEXT = """ỦY BAN NHÂN DÂN
TỈNH THỬ
Số: {number}
Thử, ngày 03 tháng 3 năm 2026
QUYẾT ĐỊNH
VỀ VIỆC CÔNG BỐ THỦ TỤC HÀNH CHÍNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THỬ
Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính.
Điều 2. Quyết định này có hiệu lực kể từ ngày {valid_from}.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 3;
{annex}
"""
AMENDED = "I. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG"
ABOLISHED = "II. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"
NEW = "III. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH"
HEAD = "|STT|Mã TTHC|Tên thủ tục hành chính|"


def annex(amended=(), abolished=(), new=()) -> str:
    lines = []
    for heading, rows in ((AMENDED, amended), (ABOLISHED, abolished), (NEW, new)):
        if rows:
            lines += [heading, HEAD, *(f"|{at}|{code}|{name}|" for at, (code, name) in enumerate(rows, start=1))]
    return "\n".join(lines)


def text_of(*, number="15/QĐ-UBND", valid_from="01/4/2026", **rows) -> bytes:
    return TEXT.format(number=number, valid_from=valid_from, annex=annex(**rows)).encode()


def taken_in(actor, *, content: bytes = b"", name="quyet-dinh.txt", **told) -> Decision:
    """Upload a decision and read it at once."""
    made = upload_decision(io.BytesIO(content or text_of(**told)), name=name, actor=actor)
    return read_kept_decision(made.code, read=lambda content, name, **_: read(content, name))
