"""Addresses of the end: the list of whom to call, the acts, each named like its act, and the archived file."""

from django.urls import path

from . import views

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path("desk/callbacks/", views.callbacks, name="callbacks"),
    path(f"{AT}close/", views.close, name="close"),
    path(f"{AT}call-back/", views.call_back, name="call_back"),
    path(f"{AT}reopen/", views.reopen, name="reopen"),
    path(f"{AT}contests/<int:pk>/", views.answer, name="answer_contest"),
    path(f"{AT}archive/", views.archive, name="archive"),
    path(f"{AT}archive.zip", views.package, name="archive_package"),
]
