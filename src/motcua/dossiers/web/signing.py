"""A leader signs many results at once, but only those that the preview has shown."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.base.guard import opens_to
from motcua.dossiers.access.late import may_sign
from motcua.dossiers.actions.signing import MOST_AT_ONCE, drafts_of, sign_many
from motcua.organizations.access import SignedInRequest

GOOD_FOR = 3600  # seconds for which a preview may be signed
_SALT = "dossiers.signing"


@never_cache
@require_POST
@opens_to(may_sign)
def preview(request: SignedInRequest) -> HttpResponse:
    """Show each result in full; nothing is decided yet."""
    codes = request.POST.getlist("ma")
    drafts = drafts_of(codes, actor=request.user)
    ready = [draft for draft in drafts if not draft.refusal]
    if not ready:
        messages.error(request, gettext("Chưa chọn hồ sơ nào ký được."))
        return redirect("workflow:inbox")
    page = {
        "stage": "preview",
        "drafts": drafts,
        "ready": len(ready),
        "sealed": signing.dumps([[draft.code, draft.position] for draft in ready], salt=_SALT),
        "most": MOST_AT_ONCE if len(codes) > MOST_AT_ONCE else 0,
    }
    return render(request, "dossiers/sign_many.html", page)


@never_cache
@require_POST
@opens_to(may_sign)
def sign(request: SignedInRequest) -> HttpResponse:
    """Sign those of the preview that stayed ticked; what moved meanwhile is told."""
    ticked = set(request.POST.getlist("ma"))
    seen = [(code, position) for code, position in _unsealed(request) if code in ticked]
    done, refused = sign_many(seen, actor=request.user)
    summary = ngettext("Đã ký %(count)s kết quả.", "Đã ký %(count)s kết quả.", len(done)) % {"count": len(done)}
    page = {"stage": "done", "done": done, "refused": refused, "summary": summary}
    return render(request, "dossiers/sign_many.html", page)


def _unsealed(request: HttpRequest) -> list[list[Any]]:
    try:
        found: list[list[Any]] = signing.loads(request.POST.get("seen", ""), salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    return found
