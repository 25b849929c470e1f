"""The modules of this house, lowest floor first. A new module costs one folder and one line here."""

MODULES = [
    "motcua.base",
    "motcua.ui",
    "motcua.organizations",
    "motcua.workflow",
    "motcua.documents",
    "motcua.notifications",
    "motcua.payments",
    "motcua.reading",
    "motcua.procedures",
    "motcua.indicators",
    "motcua.dossiers",
    "motcua.plans",
    "motcua.reports",
    "motcua.queues",
    "motcua.registers",
    "motcua.assessments",
    "motcua.site",
]
