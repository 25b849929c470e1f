"""The sheet that goes with what is given to the post: the post signs it."""

from collections.abc import Sequence

from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import (
    Column,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from motcua.dossiers.models import PostItem, PostList
from motcua.dossiers.queries.posting import address_of
from motcua.dossiers.rendering.heads import place_above

_SIGN_HERE = "(Ký và ghi rõ họ tên)"


def post_list_of(post_list: PostList, items: Sequence[PostItem]) -> OfficialDocument:
    """Return the sheet of ``post_list``: one row for each thing, signed by the counter and the post."""
    unit, sent_at = post_list.unit, post_list.sent_at
    columns = tuple(Column(width) for width in (1, 5.4, 1.7, 2.9, 3.2, 3.6))
    header = (Row(("TT", "Mã hồ sơ", "Nội dung", "Người nhận", "Địa chỉ nhận", "Số hiệu bưu gửi")),)
    rows = tuple(
        Row((
            position, item.dossier.code, item.what_label, item.dossier.applicant_name, address_of(item.dossier),
            item.item_number,
        ))
        for position, item in enumerate(items, 1)
    )  # fmt: skip
    when = f" lúc {sent_at.astimezone(VIETNAM):%H giờ %M ngày %d/%m/%Y}" if sent_at else ""
    return OfficialDocument(
        superior=(unit.parent.name.upper(),) if unit.parent else (),
        agency=(unit.name.upper(),),
        number=f"{post_list.number}/BKBC",
        place=place_above(unit),
        day=post_list.day,
        kind="BẢNG KÊ GIAO NHẬN BƯU GỬI",
        blocks=(
            Paragraph(f"{unit.name} giao cho doanh nghiệp bưu chính công ích{when} {len(items)} bưu gửi sau:"),
            Table(columns, header, rows),
            *((Paragraph(f"Còn thiếu: {post_list.missing}", italic=True),) if post_list.missing else ()),
        ),
        signatures=(
            Signature("Người giao", note=_SIGN_HERE),
            Signature("Đại diện bưu chính", note=_SIGN_HERE),
        ),
        is_form=True,
    )
