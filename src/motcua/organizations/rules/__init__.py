"""The law of working time, pure: values in, values out (DOMAIN 4.4, R4.03-R4.11).

Read in this order: ``office_hours`` (days and sessions as data), ``working_time`` (the calendar and its
arithmetic), ``time_limits`` (a limit becomes a due instant), ``pauses``, ``step_shares``, ``ledger`` (why),
``calendar_file`` (what the package ships).
"""
