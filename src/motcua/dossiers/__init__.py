"""A dossier from filing to result.

Life (states.py): filed -> received -> in progress <-> awaiting supplement -> decided -> returned; also refused at
the counter, withdrawn, stopped. The clock runs from reception; it stands still while the applicant supplements, once
only (R4.12). Start at ``states``, then ``actions/`` by phase.
"""
