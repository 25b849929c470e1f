"""Papers: official documents drawn in the layout of Decree 30/2020, and files that people hand in.

Start at ``rendering.description.OfficialDocument``: one description becomes PDF, DOCX and XLSX.
``uploads.check_upload`` is the only door through which a foreign file enters the house.
"""
