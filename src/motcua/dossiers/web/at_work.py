"""What the page of a dossier keeps for who works through a list: the place in the list, and a paper beside the form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from motcua.dossiers.addresses import page_of
from motcua.dossiers.models import DossierPaper
from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.web.papers import SHOWN

LONGEST_PLACE = 2_000


@dataclass(frozen=True)
class AtWork:
    """``place`` are the filters and the place of the work list, as ``workflow:following`` reads them; "" if none.

    ``paper`` is the number of the paper that lies beside; "" if none does.
    """

    place: str
    paper: str

    @property
    def next_address(self) -> str:
        """Where the work after this one is found."""
        return f"{reverse('workflow:following')}?{self.place}"

    @property
    def previous_address(self) -> str:
        return f"{self.next_address}&truoc"

    def address(self, code: str, **changes: str) -> str:
        """Return the address of the dossier's page that keeps place and paper, with ``changes``."""
        kept = {name: value for name, value in {"viec": self.place, "giay": self.paper, **changes}.items() if value}
        return f"{page_of(code)}?{urlencode(kept)}" if kept else page_of(code)


def at_work(request: HttpRequest) -> AtWork:
    """Return what the address or the form of ``request`` says of it; what is no query string or number is dropped."""
    told = request.POST if request.method == "POST" else request.GET
    place, paper = told.get("viec", "")[:LONGEST_PLACE], told.get("giay", "")[:18]
    # Read and written again: what goes into an address of ours is a query string and nothing else.
    return AtWork(QueryDict(place.replace("\0", "")).urlencode(), paper if paper.isdecimal() else "")


def beside_of(request: HttpRequest, page: DossierPage) -> dict[str, Any]:
    """Return ``at_work``, the papers that can lie beside with their links, the one that does (``beside``) or None."""
    kept, code = at_work(request), page.dossier.code
    papers = [paper for paper in page.papers if paper.file is not None and paper.file.media_type in SHOWN]
    chosen = next((paper for paper in papers if str(paper.pk) == kept.paper), None)
    return {
        "at_work": kept,
        "beside_papers": [_link(kept, code, paper, is_chosen=paper is chosen) for paper in papers],
        "beside": chosen,
        "beside_closed": kept.address(code, giay=""),
    }


def _link(kept: AtWork, code: str, paper: DossierPaper, *, is_chosen: bool) -> dict[str, Any]:
    return {"label": paper.component_name, "url": kept.address(code, giay=str(paper.pk)), "active": is_chosen}
