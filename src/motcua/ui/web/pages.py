"""The gallery: every component in every state, for who builds pages and for checks by eye and by machine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.guard import everyone, opens_to
from motcua.ui.web.samples import samples

FACES = ("portal", "desk", "control", "document")


@require_GET
@opens_to(everyone)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; ``?face=`` shows them as portal, desk, control room or document."""
    asked = request.GET.get("face", "desk")
    face = asked if asked in FACES else "desk"
    return render(request, "ui/gallery.html", {**samples(), "face": face, "faces": FACES})
