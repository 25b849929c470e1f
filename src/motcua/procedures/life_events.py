"""Life events: what happens to people, with the procedures that it calls for.

An event names the beginnings of titles, never codes: the procedures of the day are looked up by them, so that a new
version or a new code needs no change here. Source of the grouping: Motcua.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.procedures.queries import catalogue
from motcua.procedures.rules.search import CatalogueIndex, Hit


@dataclass(frozen=True)
class LifeEvent:
    """An event; ``finds`` are the beginnings of titles, in the order in which people need them."""

    slug: str
    title: str | Promise
    lede: str | Promise
    finds: tuple[str, ...]


LIFE_EVENTS = (
    LifeEvent(
        "sinh-con", _("Sinh con"), _("Khai sinh, hộ khẩu, thẻ bảo hiểm y tế và tiền thai sản."),
        ("Liên thông các thủ tục hành chính về đăng ký khai sinh", "Thủ tục đăng ký khai sinh",
         "Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú", "Đăng ký thường trú",
         "Giải quyết hưởng chế độ thai sản", "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
         "Cấp thẻ căn cước cho người dưới 14 tuổi"),
    ),
    LifeEvent(
        "ket-hon", _("Kết hôn"), _("Đăng ký kết hôn, giấy xác nhận độc thân, nhập về một nhà."),
        ("Thủ tục đăng ký kết hôn", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
         "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "Đăng ký thường trú", "Tách hộ"),
    ),
    LifeEvent(
        "nguoi-than-qua-doi", _("Người thân qua đời"), _("Khai tử, tiền tuất, thừa kế và những giấy tờ phải đổi tên."),
        ("Thủ tục đăng ký khai tử", "Giải quyết hưởng chế độ tử tuất", "Xóa đăng ký thường trú",
         "Chứng thực văn bản phân chia di sản", "Chứng thực văn bản từ chối nhận di sản",
         "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi",
         "Cấp chứng nhận đăng ký xe, biển số xe trong trường hợp thay đổi chủ xe"),
    ),
    LifeEvent(
        "mua-ban-nha-dat", _("Mua bán, tặng cho nhà đất"), _("Hợp đồng, thuế, lệ phí trước bạ, sang tên sổ đỏ."),
        ("Chứng thực giao dịch liên quan đến tài sản là động sản, quyền sử dụng đất, nhà ở",
         "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi",
         "Khai thuế TNCN đối với cá nhân có thu nhập từ chuyển nhượng bất động sản", "Khai lệ phí trước bạ nhà, đất",
         "Tách thửa hoặc hợp thửa đất", "Xóa đăng ký biện pháp bảo đảm bằng quyền sử dụng đất"),
    ),
    LifeEvent(
        "xay-nha", _("Xây, sửa nhà"), _("Từ mục đích sử dụng đất, giấy phép xây dựng đến ghi nhà vào sổ đỏ."),
        ("Cung cấp thông tin quy hoạch đô thị và nông thôn",
         "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV",
         "Cấp giấy phép xây dựng sửa chữa, cải tạo đối với công trình cấp III, cấp IV",
         "Giao đất, cho thuê đất, chuyển mục đích sử dụng đất",
         "Đăng ký tài sản gắn liền với thửa đất đã được cấp Giấy chứng nhận",
         "Cấp phép sử dụng tạm thời lòng đường, vỉa hè vào mục đích khác"),
    ),
    LifeEvent(
        "mo-cua-hang", _("Mở cửa hàng, quán ăn"), _("Hộ kinh doanh, thuế, hóa đơn và giấy phép của ngành nghề."),
        ("Đăng ký thành lập hộ kinh doanh", "Khai thuế đối với hộ kinh doanh, cá nhân kinh doanh",
         "Đăng ký sử dụng hoá đơn điện tử", "Cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
         "Cấp mới Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
         "Thẩm định thiết kế về phòng cháy chữa cháy", "Chấm dứt hoạt động hộ kinh doanh"),
    ),
    LifeEvent(
        "lap-cong-ty", _("Lập công ty"), _("Đăng ký doanh nghiệp, chi nhánh, đóng bảo hiểm, giải thể."),
        ("Đăng ký thành lập công ty TNHH một thành viên", "Đăng ký thành lập công ty TNHH hai thành viên trở lên",
         "Đăng ký thành lập công ty cổ phần", "Đăng ký sử dụng hoá đơn điện tử",
         "Đăng ký, điều chỉnh đóng BHXH, BHYT, BHTN", "Đăng ký hoạt động chi nhánh, văn phòng đại diện",
         "Giải thể doanh nghiệp"),
    ),
    LifeEvent(
        "chuyen-cho-o", _("Chuyển chỗ ở"), _("Thường trú, tạm trú, tách hộ, giấy xác nhận nơi ở."),
        ("Đăng ký thường trú", "Đăng ký tạm trú", "Xác nhận thông tin về cư trú", "Tách hộ", "Thông báo lưu trú",
         "Khai báo tạm vắng", "Cấp đổi thẻ căn cước"),
    ),
    LifeEvent(
        "mat-giay-to", _("Mất giấy tờ"), _("Cấp lại căn cước, bằng lái, đăng ký xe, hộ chiếu, sổ đỏ."),
        ("Cấp lại thẻ căn cước", "Cấp lại giấy phép lái xe", "Cấp lại chứng nhận đăng ký xe, biển số xe",
         "Trình báo mất hộ chiếu phổ thông", "Cấp lại Giấy chứng nhận do bị mất",
         "Cấp lại, đổi, điều chỉnh thông tin trên sổ BHXH, thẻ BHYT", "Cấp bản sao Trích lục hộ tịch"),
    ),
    LifeEvent(
        "mua-xe", _("Mua xe, lái xe"), _("Trước bạ, biển số, sang tên, bằng lái, đăng kiểm."),
        ("Khai lệ phí trước bạ/ Miễn lệ phí trước bạ đối với tài sản khác", "Đăng ký, cấp biển số xe lần đầu",
         "Cấp chứng nhận đăng ký xe, biển số xe trong trường hợp thay đổi chủ xe (đăng ký sang tên xe)",
         "Cấp giấy phép lái xe", "Đổi giấy phép lái xe",
         "Cấp Giấy chứng nhận kiểm định, Tem kiểm định an toàn kỹ thuật và bảo vệ môi trường cho xe cơ giới"),
    ),
    LifeEvent(
        "nghi-viec-nghi-huu", _("Nghỉ việc, nghỉ hưu"), _("Bảo hiểm một lần, trợ cấp, lương hưu, bảo hiểm y tế."),
        ("Giải quyết hưởng bảo hiểm xã hội một lần", "Giải quyết hưởng lương hưu",
         "Đăng ký, đăng ký lại, điều chỉnh đóng BHXH tự nguyện",
         "Đăng ký đóng, cấp thẻ BHYT đối với người chỉ tham gia BHYT",
         "Khai quyết toán thuế/ Hoàn thuế đối với cá nhân cư trú có thu nhập từ tiền lương, tiền công"),
    ),
    LifeEvent(
        "di-nuoc-ngoai", _("Đi nước ngoài"), _("Hộ chiếu, lý lịch tư pháp, giấy tờ dịch và chứng thực."),
        ("Cấp hộ chiếu phổ thông ở trong nước", "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam",
         "Chứng thực bản sao từ bản chính", "Chứng thực chữ ký người dịch", "Cấp giấy phép lái xe quốc tế",
         "Khai báo tạm vắng"),
    ),
)  # fmt: skip

BY_SLUG = {event.slug: event for event in LIFE_EVENTS}


def procedures_for(event: LifeEvent) -> list[Hit]:
    """Return the procedures in force that the event calls for, the likeliest one of each line, none twice."""
    return _found(event.slug, catalogue())


@lru_cache(maxsize=2 * len(LIFE_EVENTS))
def _found(slug: str, index: CatalogueIndex) -> list[Hit]:
    found: dict[str, Hit] = {}
    for title in BY_SLUG[slug].finds:
        if hit := index.named(title):
            found.setdefault(hit.entry.code, hit)
    return list(found.values())
