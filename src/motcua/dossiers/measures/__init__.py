"""What is measured of dossiers: what happened to them, their turns, their results and the survey."""

from motcua.dossiers.measures.dossier import MEASURES

__all__ = ["MEASURES"]
