"""Dossiers and what hangs on them: papers, turns of their life, lateness, the post, results, the survey."""

from motcua.dossiers.models.dossier import DailyNumber, Dossier, DossierPaper, FilingDraft, SupplementRequest
from motcua.dossiers.models.late import Apology, Explanation, LateList, PaperHandOver, Remark
from motcua.dossiers.models.life import DossierLink, Obligation, OneVisit, PapersGivenBack, WithdrawalRequest
from motcua.dossiers.models.posting import PostItem, PostList
from motcua.dossiers.models.reception import Guidance
from motcua.dossiers.models.results import CollectionReminder, ResultDocument, ResultNumber, ResultReturn
from motcua.dossiers.models.surveys import SurveyAnswer, SurveyInvitation, SurveyTry
from motcua.dossiers.models.words import OwnMessageWords, OwnResultTemplate

__all__ = [
    "Apology",
    "CollectionReminder",
    "DailyNumber",
    "Dossier",
    "DossierLink",
    "DossierPaper",
    "Explanation",
    "FilingDraft",
    "Guidance",
    "LateList",
    "Obligation",
    "OneVisit",
    "OwnMessageWords",
    "OwnResultTemplate",
    "PaperHandOver",
    "PapersGivenBack",
    "PostItem",
    "PostList",
    "Remark",
    "ResultDocument",
    "ResultNumber",
    "ResultReturn",
    "SupplementRequest",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyTry",
    "WithdrawalRequest",
]
