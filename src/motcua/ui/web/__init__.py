"""The one page of this module: the gallery of components, routed in debug only."""

from motcua.ui.web.pages import gallery

__all__ = ["gallery"]
