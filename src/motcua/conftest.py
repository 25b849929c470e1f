"""Settings of all tests."""

from hypothesis import HealthCheck, settings

# A loaded machine is slow to draw examples; nothing here is judged by wall-clock time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
