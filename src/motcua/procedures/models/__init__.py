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
from motcua.procedures.models.fee_rates import FeeRate
from motcua.procedures.models.publication import (
    Authority,
    Decision,
    DecisionRow,
    NationalRecord,
    Opinion,
    Posting,
    Proposal,
    Trait,
)
from motcua.procedures.models.reengineering import Reengineering

__all__ = [
    "Authority",
    "Component",
    "Decision",
    "DecisionRow",
    "FeeRate",
    "FilingChannel",
    "FormVersion",
    "NationalRecord",
    "Offering",
    "Opinion",
    "Posting",
    "Procedure",
    "ProcedureResult",
    "ProcedureVersion",
    "Proposal",
    "Reengineering",
    "Trait",
]
