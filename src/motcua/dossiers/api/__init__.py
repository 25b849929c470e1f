"""Dossiers over the API: the same actions as the pages."""

from motcua.dossiers.api.dossier import router

__all__ = ["router"]
