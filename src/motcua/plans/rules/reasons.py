"""Why a row stays below the auto-accept line, in words for the person who compares it with the source."""

from motcua.plans.rules.values import Task

NOT_ACCEPTED = "not-accepted"
_WORDS = {
    "heading-unusual": "tên cột không phải cách gọi thông thường nên có thể hiểu khác",
    "columns-rival": "có hai cột cùng có thể là một trường",
    "roles-inferred": "tên cột không rõ, trường được suy từ nội dung ô",
    "columns-guessed": "bảng không có đường kẻ, cột được đoán",
    "table-doubtful": "nhiều dòng của bảng này có chỗ đáng ngờ",
    "no-numbers": "bảng không đánh số thứ tự",
    "unnumbered": "dòng không có số thứ tự",
    "numbering": "số thứ tự của bảng không liền nhau",
    "number-repeated": "số thứ tự lặp lại",
    "claims-differ": "số nhiệm vụ văn bản nêu khác số đọc được",
    "section-odd": "tiêu đề mục quá dài hoặc chưa kết thúc",
    "from-heading": "cơ quan lấy từ tiêu đề ở trên",
    "from-prose": "nhiệm vụ viết trong lời văn, không trong bảng",
    "no-fields": "không ghi ai làm, khi nào xong",
    "inherited": "có ô lấy từ dòng trên (ô gộp)",
    "merged": "dòng ngắt qua trang, đã nối lại",
    "continued": "dòng ngắt qua trang, đã nối lại",
    "merged-away": "ô gộp mất ranh giới",
    "split": "một dòng của bảng được tách thành nhiều nhiệm vụ",
    "subrow": "là ý con của nhiệm vụ ở trên",
    "uncertain": "có ô ghép từ mảnh rời",
    "damaged": "mất một phần",
    "misplaced": "chữ trong ô không hợp với cột",
    "marks-astray": "dấu câu nằm sai chỗ",
    "no-text": "không có nội dung",
    "short-text": "nội dung quá ngắn",
    "text-cut": "nội dung dừng giữa câu",
    "text-open": "nội dung bắt đầu hoặc kết thúc giữa câu",
    "nobody": "bảng không ghi ai thực hiện",
    "no-lead": "không có cơ quan chủ trì",
    "lead-strange": "chủ trì không giống tên cơ quan",
    "names-unsure": "chưa chắc chỗ ngắt giữa các tên cơ quan",
    "no-deadline": "không có thời hạn",
    "deadline-unread": "thời hạn không hiểu được",
    "deadline-unusual": "thời hạn có cách viết khác thường",
    "year-assumed": "thời hạn không ghi năm",
    "external": "hạn dẫn chiếu văn bản khác",
    "ocr": "thời hạn đọc qua lỗi chữ",
}
_RECOGNISED = "chữ nhận dạng từ ảnh"


def tell_reasons(task: Task, *, is_recognised: bool) -> None:
    """Add to a task below the line one note with all that keeps it there."""
    words = list(dict.fromkeys(_WORDS[doubt] for doubt in task.doubts if doubt in _WORDS))
    words += [_RECOGNISED] if is_recognised else []
    if words:
        task.warn(NOT_ACCEPTED, f"Chưa tự nhận: {'; '.join(words)}.", "info")
