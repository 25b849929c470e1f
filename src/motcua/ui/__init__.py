"""Ground floor: the look and the components of every page. Knows no word of the domain.

Start at ``README.md`` (the list of components) and at ``templates/ui/base.html``.
"""
