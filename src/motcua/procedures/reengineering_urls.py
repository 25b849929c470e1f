"""Addresses of redesigns."""

from django.urls import path

from motcua.procedures.web import reengineering

REENGINEERING = [
    path("tai-cau-truc/", reengineering.reengineerings, name="reengineerings"),
    path("tai-cau-truc/moi", reengineering.new, name="reengineering_new"),
    path("tai-cau-truc/<int:number>", reengineering.reengineering, name="reengineering"),
    path("tai-cau-truc/<int:number>/sua", reengineering.correct, name="reengineering_correct"),
]
