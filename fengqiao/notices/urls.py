"""Addresses of the inbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/notices/", views.inbox, name="notices"),
    path("desk/notices/read/", views.read_notices, name="notices_read"),
    path("desk/notices/<int:pk>/open/", views.open_notice, name="notice_open"),
]
