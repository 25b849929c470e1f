"""The first gate for uploads: a body over the limit is refused before it is read."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext

from motcua.base.refusal import Refused


class SizeLimit(FileUploadHandler):
    """Refuse a request whose files together pass ``settings.UPLOAD_LIMIT`` bytes."""

    received = 0

    def _refuse(self) -> None:
        megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Refused(gettext("Tệp gửi lên quá lớn: mỗi lần gửi tối đa %(mb)d MB.") % {"mb": megabytes})

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        if content_length > settings.UPLOAD_LIMIT:
            self._refuse()

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            self._refuse()
        return raw_data

    def file_complete(self, file_size):
        return None
