"""Workbooks: the sheets of an XLSX (or XLS, ODS) as titles and tables. Start at ``reader.read_workbook``.

``xlsx`` reads sheets as grids of printed texts; ``formats`` prints numbers and dates; ``old`` reads XLS and ODS;
``reader`` finds titles and tables on a sheet.
"""
