"""Addresses of the acts of mediation; each is named like its act or its command."""

from django.urls import path

from . import views

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path("desk/sessions/", views.sessions, name="sessions"),
    path(f"{AT}consent/", views.consent, name="consent"),
    path(f"{AT}assign/", views.assign, name="assign"),
    path(f"{AT}invite/", views.invite, name="invite"),
    path(f"{AT}invitations/<int:n>/", views.answer_invitation, name="answer_invitation"),
    path(f"{AT}inform/", views.inform, name="inform"),
    path(f"{AT}schedule/", views.schedule, name="schedule"),
    path(f"{AT}record/", views.record, name="record"),
    path(f"{AT}sessions/<int:n>/cancel/", views.cancel_session, name="cancel_session"),
    path(f"{AT}sessions/<int:n>/correct/", views.correct_minutes, name="correct_minutes"),
    path(f"{AT}suspend/", views.suspend, name="suspend"),
    path(f"{AT}resume/", views.resume, name="resume"),
    path(f"{AT}extend/", views.extend, name="extend"),
    path(f"{AT}fail/", views.fail, name="fail"),
    path(f"{AT}withdraw/", views.withdraw, name="withdraw"),
]
