"""BPMN 2.0 in and out: a drawing of any modeller to the steps of a route, and steps to a drawing any modeller opens.

xml text -> ``reading`` -> Drawing (nodes and flows) -> ``structure`` -> steps, or faults that name element and line.
steps -> ``layout`` -> boxes and arrows -> ``writing`` (BPMN with diagram interchange) or ``rendering.route_picture``.

Read are: one start, ends, tasks of every kind, exclusive and parallel gateways, conditions, lanes. What a route cannot
do (loops, timers, inclusive gateways, subprocesses, forks within forks) is refused by name, never dropped silently.
"""

NAMESPACE = "urn:motcua:route:1"  # of our attributes on tasks and lanes
"""On a task ``phase``, ``role``, ``place``, ``share``, ``signs``, ``supplement`` and ``payment``; the second and
third on a lane too.
"""
