"""Fixed words: states of a definition's version, and what was done to an entry. Its own states are data."""

from django.utils.translation import gettext_lazy as _

DRAFT, PUBLISHED = "draft", "published"
VERSION_LABELS = {DRAFT: _("Đang soạn"), PUBLISHED: _("Đã ban hành")}
VERSION_TONES = {DRAFT: "progress", PUBLISHED: "good"}

KEPT, AMENDED, MOVED, ATTACHED, IMPORTED = "kept", "amended", "moved", "attached", "imported"
DEEDS = {
    KEPT: _("Ghi sổ"),
    AMENDED: _("Sửa"),
    MOVED: _("Chuyển trạng thái"),
    ATTACHED: _("Thêm hoặc bỏ tệp"),
    IMPORTED: _("Nhập từ tệp"),
}
