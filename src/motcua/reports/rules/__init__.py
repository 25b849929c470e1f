"""Pure law and arithmetic of reports: no database, values in, values out.

``forms`` and ``catalogue`` give form versions, ``periods`` the windows of each regime, ``report_reading``
turns a file into values, ``checking`` finds what is wrong with them.
"""
