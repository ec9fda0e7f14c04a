"""Addresses of supervision."""

urlpatterns: list = []
