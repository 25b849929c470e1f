"""Addresses of halls."""
app_name = "queues"
urlpatterns: list = []
