"""Every address of the house: each module's own table, then the roof's."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from motcua.base.modules import offered
from motcua.site import views
from motcua.site.api import api

app_name = "site"

roof = (
    [
        path("", views.home, name="home"),
        path("suc-khoe/song", views.alive, name="alive"),
        path("suc-khoe/san-sang", views.ready, name="ready"),
        path("ngon-ngu", views.set_language, name="set_language"),
    ],
    "site",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include(roof)),
    *[path("", include(module.__name__)) for module in offered("urls") if module.__name__ != __name__],
]

handler400 = "motcua.site.views.bad_request"
handler403 = "motcua.site.views.forbidden"
handler404 = "motcua.site.views.not_found"
handler500 = "motcua.site.views.server_error"

if settings.DEBUG:
    from motcua.ui.web import gallery

    urlpatterns.append(path("ui/", gallery))
