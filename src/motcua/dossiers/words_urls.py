"""Addresses of the province's own words: templates of results, what applicants are told."""

from django.urls import path

from motcua.dossiers.web import message_words as told
from motcua.dossiers.web import result_templates as templates

WORDS = [
    path("mau-ket-qua/", templates.templates, name="result_templates"),
    path("mau-ket-qua/moi", templates.edit, {"way": templates.NEW}, name="new_result_template"),
    path("mau-ket-qua/<slug:code>", templates.template, name="result_template"),
    path("mau-ket-qua/<slug:code>/ban-moi", templates.edit, {"way": templates.VERSION}, name="next_result_template"),
    path("mau-ket-qua/<slug:code>/sao", templates.edit, {"way": templates.NEW}, name="copy_result_template"),
    path("mau-ket-qua/<slug:code>/thoi", templates.end, name="end_result_template"),
    path("mau-ket-qua/<slug:code>/dung-tiep", templates.reopen, name="reopen_result_template"),
    path(
        "mau-ket-qua/<slug:code>/<str:day>/sua",
        templates.edit,
        {"way": templates.CHANGE},
        name="change_result_template",
    ),
    path("mau-ket-qua/<slug:code>/<str:day>/bo", templates.withdraw, name="withdraw_result_template"),
    path("mau-ket-qua/<slug:code>/<str:day>.pdf", templates.preview, name="preview_result_template"),
    path("loi-nhan/", told.message_words, name="message_words"),
    path("loi-nhan/bo/<int:number>", told.drop, name="drop_words"),
    path("loi-nhan/<str:event>/<str:channel>", told.event_words, name="event_words"),
    path("loi-nhan/<str:event>/<str:channel>/co-san", told.reset, name="reset_words"),
]
