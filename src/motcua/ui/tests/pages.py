"""Pages rendered for these tests without any database."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from motcua.ui.web import gallery


def request(path: str = "/") -> HttpRequest:
    """Return a GET request of the public."""
    made = RequestFactory().get(path)
    made.user = AnonymousUser()
    return made


def gallery_html(face: str = "desk") -> str:
    return gallery(request(f"/ui/?face={face}")).content.decode()


def rendered(template: str, path: str = "/", **context: Any) -> str:
    return render_to_string(template, {"navigation": [], **context}, request(path))


def piece(source: str, path: str = "/", **context: Any) -> str:
    """Render template ``source`` as a page of the house would, components and all."""
    return engines["django"].from_string(CottonCompiler().process(source)).render(context, request(path))
