"""Files that were sent but not filed yet, for their sender alone: the file itself, and its first page as a picture."""

from threading import BoundedSemaphore
from typing import TypeVar

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to, signed_in
from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.documents.storage import open_stored
from motcua.organizations.access import SignedInRequest
from motcua.reading.limited import picture_of

PICTURED = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})  # what a browser may show
Answer = TypeVar("Answer", bound=HttpResponseBase)
WIDTH = 144  # pixels: twice what the page shows, for screens of double density
_few_at_once = BoundedSemaphore(2)  # each is drawn by a process of its own, which a hostile file cannot leave


@require_GET
@opens_to(signed_in)
def kept_file(request: SignedInRequest, number: int) -> HttpResponseBase:
    """The file as it was sent, shown in the browser where it is a PDF or a picture."""
    file = _own(request, number)
    is_shown = file.media_type in PICTURED
    try:
        content = open_stored(file.sha256)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=not is_shown, filename=file.name, content_type=file.media_type)
    return _private(response)


@require_GET
@opens_to(signed_in)
def kept_picture(request: SignedInRequest, number: int) -> HttpResponse:
    """The first page, small; 404 where the file has none that can be drawn."""
    file = _own(request, number)
    if file.media_type not in PICTURED:
        raise Http404
    try:
        with open_stored(file.sha256) as content, _few_at_once:
            picture = picture_of(content.read(), width=WIDTH)
    except (FileNotFoundError, Refused) as error:
        raise Http404 from error
    return _private(HttpResponse(picture, content_type="image/png"))


def _own(request: SignedInRequest, number: int) -> StoredFile:
    """Return a file that the reader sent and that waits in the reader's inbox."""
    mine = StoredFile.objects.filter(added_by=request.user.code, subject=storing.inbox_of(request.user))
    return get_object_or_404(mine, pk=min(number, 2**63 - 1))


def _private(response: Answer) -> Answer:
    response.headers["Cache-Control"] = "private, max-age=3600"  # a kept file never changes
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    return response
