"""Addresses of intake."""

from django.urls import path

from . import meeting, views
from .own_data import views as own_data
from .queue.views import clerk, hall, windows

urlpatterns = [
    path("desk/register/", views.register, name="register"),
    path("desk/register/met/", views.met, name="register_met"),
    path("desk/register/reading/", views.reading, name="register_reading"),
    path("desk/places/", views.places, name="places"),
    path("desk/places/addresses/", views.addresses, name="place_addresses"),
    path("desk/disputes/<str:number>/slip/", views.slip, name="slip"),
    path("desk/disputes/<str:number>/slip/pdf/", views.slip_pdf, name="slip_pdf"),
    path("desk/disputes/<str:number>/visit/", views.visit, name="visit"),
    path("desk/disputes/<str:number>/met/", meeting.met_before_it, name="met_before"),
    path("desk/disputes/<str:number>/register-sheet/", views.register_sheet, name="register_sheet"),
    path("desk/disputes/<str:number>/own-data/", own_data.own_data, name="own_data"),
    path("desk/disputes/<str:number>/consents/<int:pk>/", own_data.consent, name="consent_text"),
    path("desk/disputes/<str:number>/corrections/<int:pk>/", own_data.answer, name="answer_correction"),
    path("places/", views.public_places, name="public_places"),
    path("desk/queue/", clerk.queue, name="queue"),
    path("desk/queue/next/", clerk.next_one, name="queue_next"),
    path("desk/queue/windows/<int:pk>/<str:act>/", clerk.at_window, name="queue_window"),
    path("desk/queue/tickets/<int:pk>/<str:act>/", clerk.with_ticket, name="queue_ticket"),
    path("desk/windows/", windows.windows, name="hall_windows"),
    path("desk/windows/add/", windows.add_window, name="window_add"),
    path("desk/windows/<int:pk>/", windows.assign, name="window_assign"),
    path("desk/windows/<int:pk>/retire/", windows.retire, name="window_retire"),
    path("desk/windows/<int:pk>/restore/", windows.restore, name="window_restore"),
    path("desk/windows/devices/add/", windows.add_device, name="device_add"),
    path("desk/windows/devices/<int:pk>/drop/", windows.drop_device, name="device_drop"),
    path("hall/kiosk/<str:token>/", hall.kiosk, name="kiosk"),
    path("hall/kiosk/<str:token>/<str:ticket>/", hall.kiosk_ticket, name="kiosk_ticket"),
    path("hall/screen/<str:token>/", hall.screen, name="screen"),
    path("privacy/", views.privacy, name="privacy"),
]
