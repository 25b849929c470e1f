"""Pure arithmetic of what pages show: no Django, values in, values out."""
