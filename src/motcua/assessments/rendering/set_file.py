"""A set of criteria as a workbook: the empty template, and a version that can be read back."""

from motcua.assessments.models import CriteriaSetVersion
from motcua.assessments.rules.set_making import HEADS, lines_of_text
from motcua.documents.rendering.description import Column, Row, Table

WIDTHS = (8, 44, 11, 13, 40, 24, 22, 36, 16, 12)
EXAMPLE = """1 | Chỉ đạo, điều hành | 5
1.1 | Ban hành kế hoạch năm | 2 | chọn mức | Đúng hạn = 2; Muộn = 1; Không = 0 | | bắt buộc: kế hoạch | Hạn do tỉnh giao
1.2 | Hồ sơ giải quyết đúng hạn | 3 | tỷ lệ | 95 | dossiers.on_time_rate | | | | x"""
HELP = (
    ("Mã", "1, 1.1, 1.1.2: tiêu chí 1.1 đứng trong nhóm 1."),
    ("Điểm tối đa", "Của nhóm thì để trống được: hệ thống cộng các tiêu chí bên trong."),
    ("Cách chấm", "chọn mức; tỷ lệ; ngưỡng; điểm trừ; thẩm định (chỉ cơ quan thẩm định cho điểm). Để trống là nhóm."),
    ("Cách tính điểm", "chọn mức: Đúng hạn = 2; Muộn = 1; Không = 0"),
    ("Cách tính điểm", "tỷ lệ: giá trị được điểm tối đa, ví dụ 95"),
    ("Cách tính điểm", "ngưỡng: >= 98: 2; >= 95: 1   (ít thì tốt: <= 0: 2; <= 5: 1)"),
    ("Cách tính điểm", "điểm trừ: số điểm trừ cho một trường hợp, ví dụ 0,5"),
    ("Số đo", "Mã số đo của hệ thống, ví dụ dossiers.on_time_rate; index.766 là chỉ số 766 đã công bố."),
    ("Minh chứng", "bắt buộc: tên tài liệu   hoặc   nếu có: tên tài liệu"),
    ("Đơn vị thẩm định", "Mã đơn vị; để trống là cán bộ kiểm soát của cơ quan đánh giá."),
    ("Có thể không áp dụng", "x: đơn vị được khai không áp dụng, điểm tối đa của tiêu chí được trừ ra."),
)


def template_file() -> bytes:
    """Return the template: an example of three lines, and a second sheet that says what each column takes."""
    return _book(EXAMPLE, "Bộ tiêu chí", with_help=True)


def set_file(version: CriteriaSetVersion) -> bytes:
    """Return a version's lines as a workbook."""
    return _book(
        version.definition["typed"]["lines"], f"{version.set.title}, phiên bản {version.number}", with_help=False
    )


def _book(lines: str, title: str, *, with_help: bool) -> bytes:
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import Sheet, to_xlsx

    rows = tuple(Row(tuple(line.cells.get(name, "") for name in HEADS)) for line in lines_of_text(lines))
    columns = tuple(Column(width) for width in WIDTHS)
    sheets = [
        Sheet("Tiêu chí", Table(columns, (Row(tuple(HEADS.values()), bold=True),), rows), (title,), landscape=True)
    ]
    if with_help:
        table = Table(
            (Column(20), Column(90)), (Row(("Cột", "Ghi thế nào"), bold=True),), tuple(Row(each) for each in HELP)
        )
        sheets.append(Sheet("Hướng dẫn", table, ("Cách điền",)))
    return to_xlsx(sheets, title=title)
