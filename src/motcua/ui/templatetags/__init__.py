"""Filters and tags for every template: ``{% load ui %}``."""
