"""What the catalogue keeps: procedures in dated versions with their parts, and who offers them."""

from motcua.procedures.models.catalogue import (
    Component,
    FilingChannel,
    Offering,
    Procedure,
    ProcedureResult,
    ProcedureVersion,
)

__all__ = ["Component", "FilingChannel", "Offering", "Procedure", "ProcedureResult", "ProcedureVersion"]
