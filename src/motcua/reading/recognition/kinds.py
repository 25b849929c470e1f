"""Which files are pictures: told by their first bytes, without the libraries that read them."""

RECOGNISED = "Chữ do máy nhận dạng từ ảnh: hãy đối chiếu với bản gốc."
NO_TIME = "Hết thời gian nhận dạng ảnh quét. Hãy tách tệp, hoặc gửi bản DOCX hay PDF có chữ."
_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")


def is_picture(content: bytes) -> bool:
    """Tell whether a file is a picture by its first bytes."""
    return content.startswith(_BEGINNINGS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
