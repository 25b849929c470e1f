"""What the catalogue keeps: procedures in dated versions with their parts, who offers them, and their forms."""

from motcua.procedures.models.catalogue import (
    Component,
    FilingChannel,
    Offering,
    Procedure,
    ProcedureResult,
    ProcedureVersion,
)
from motcua.procedures.models.eforms import FormVersion

__all__ = ["Component", "FilingChannel", "FormVersion", "Offering", "Procedure", "ProcedureResult", "ProcedureVersion"]
