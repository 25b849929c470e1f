"""Django's entry to assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "motcua.assessments"
    label = "assessments"
