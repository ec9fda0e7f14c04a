"""Addresses of intake."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/register/", views.register, name="register"),
    path("desk/register/met/", views.met, name="register_met"),
    path("desk/places/", views.places, name="places"),
    path("desk/places/addresses/", views.addresses, name="place_addresses"),
    path("desk/disputes/<str:number>/slip/", views.slip, name="slip"),
    path("desk/disputes/<str:number>/slip/pdf/", views.slip_pdf, name="slip_pdf"),
    path("desk/disputes/<str:number>/visit/", views.visit, name="visit"),
    path("desk/disputes/<str:number>/register-sheet/", views.register_sheet, name="register_sheet"),
    path("places/", views.public_places, name="public_places"),
    path("privacy/", views.privacy, name="privacy"),
]
