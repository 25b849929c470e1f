"""The roof: settings, addresses, job wiring, sign-in, home and the ``motcua`` command."""
