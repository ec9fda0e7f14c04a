"""Addresses of fulfilment: the list of what is owed, and the acts, each named like its act."""

from django.urls import path

from . import views

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path("desk/performing/", views.performing, name="performing"),
    path(f"{AT}perform/", views.perform, name="perform"),
    path(f"{AT}perform/<int:pk>/", views.claim, name="claim"),
    path(f"{AT}waive/", views.waive, name="waive"),
    path(f"{AT}fulfil/", views.fulfil, name="fulfil"),
    path(f"{AT}breach/", views.breach, name="breach"),
    path(f"{AT}make-good/", views.make_good, name="make_good"),
    path(f"{AT}apply-confirmation/", views.apply_confirmation, name="apply_confirmation"),
    path(f"{AT}confirm/", views.confirm, name="confirm"),
    path(f"{AT}dismiss/", views.dismiss, name="dismiss"),
    path(f"{AT}apply-enforcement/", views.apply_enforcement, name="apply_enforcement"),
]
