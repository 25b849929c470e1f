"""Addresses of one's own dossiers, results, their collection and surveys; they go before a dossier's actions."""

from django.urls import path

from motcua.dossiers.web import collection, mine, results, surveys

RESULT_URLS = [
    path("ho-so-cua-toi/", mine.mine, name="mine"),
    path("ho-so-cua-toi/giay-to", mine.papers, name="my_papers"),
    path("khao-sat/", surveys.enter_code, name="survey"),
    path("khao-sat/cam-on", surveys.thanks, name="survey_thanks"),
    path("khao-sat/ket-qua", surveys.results, name="survey_results"),
    path("khao-sat/cong-khai", surveys.public, name="survey_public"),
    path("khao-sat/ma/<str:code>", surveys.by_code, name="survey_by_code"),
    path("ho-so/<str:code>/khao-sat", surveys.mine, name="survey_mine"),
    path("ho-so/ket-qua-chua-nhan", collection.uncollected_page, name="uncollected"),
    path("ho-so/<str:code>/ket-qua/soan", results.write, name="write_result"),
    path("ho-so/<str:code>/ket-qua/tep", results.upload, name="upload_result"),
    path("ho-so/<str:code>/ket-qua/ban-<int:number>.<slug:kind>", results.version, name="result_version"),
    path("ho-so/<str:code>/ket-qua/nhac", collection.remind_now, name="remind_collection"),
    path("ho-so/<str:code>/ket-qua/da-phat", collection.delivered, name="result_delivered"),
]
