"""Numbers in the hall of a one-stop unit: who takes one, who is called to which window, how long people wait (R4.08).

Life of a ticket (states.py): (booked ->) waiting -> called -> serving -> served; also absent, cancelled, lapsed. Of who
waits nothing is known but a number: no name, no phone, no dossier. Start at ``states``, then ``actions/`` by phase:
``taking`` for the public, ``windows`` and ``calling`` for officers, ``days`` for the night.
"""
