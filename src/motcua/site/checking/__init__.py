"""``motcua test``: all checks of the source in one command.

``parts`` lists what is checked, ``needs`` installs what the tests need where it may, ``checks`` runs the
parts and tells the result.
"""
