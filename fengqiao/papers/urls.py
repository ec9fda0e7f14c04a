"""Addresses of files."""

from django.urls import path

from . import views

urlpatterns = [path("papers/<int:pk>/", views.paper, name="paper")]
