"""Criteria, points, ranks and grades: values in, values out."""
