"""Addresses of halls: the public's, the hall's own machines', the officers'."""

from django.urls import path

from motcua.queues.web import appointments, desk, figures, kiosk, screen, setting_up, tickets

app_name = "queues"

urlpatterns = [
    path("lay-so/", kiosk.halls, name="halls"),
    path("lay-so/<slug:hall>", kiosk.kiosk, name="kiosk"),
    path("lay-so/<slug:hall>/co-hen", kiosk.arrive, name="arrive"),
    path("lay-so/<slug:hall>/dat-hen", appointments.book, name="book"),
    path("lay-so/<slug:hall>/man-hinh", screen.screen, name="screen"),
    path("so-thu-tu/<slug:code>", tickets.ticket, name="ticket"),
    path("so-thu-tu/<slug:code>/phieu", tickets.slip, name="slip"),
    path("so-thu-tu/<slug:code>/huy", tickets.cancel, name="cancel"),
    path("so-thu-tu/<slug:code>/den-noi", tickets.arrive, name="ticket_arrive"),
    path("quay/", desk.windows, name="windows"),
    path("quay/so-ke-tiep", desk.next_fragment, name="next_fragment"),
    path("quay/so-lieu", figures.figures, name="figures"),
    path("quay/luot", figures.tickets, name="tickets"),
    path("quay/thiet-lap", setting_up.halls, name="set_up"),
    path("quay/thiet-lap/<slug:hall>", setting_up.hall, name="set_up_hall"),
    path("quay/<slug:hall>/<int:number>", desk.window, name="window"),
    path("quay/<slug:hall>/<int:number>/<slug:action>", desk.act, name="act"),
]
