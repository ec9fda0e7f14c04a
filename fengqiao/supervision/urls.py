"""Addresses of supervision; those on a dispute are named like their acts."""

from django.urls import path

from .views import looking_through, on_disputes, things

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path(f"{AT}order/", on_disputes.order, name="order"),
    path(f"{AT}own/", on_disputes.own, name="own"),
    path(f"{AT}convene/", on_disputes.convene, name="convene"),
    path(f"{AT}alarm/", on_disputes.alarm, name="alarm"),
    path(f"{AT}review/", on_disputes.review, name="review"),
    path("desk/orders/", things.orders, name="orders"),
    path("desk/orders/<int:pk>/", things.order, name="order_page"),
    path("desk/orders/<int:pk>/<slug:deed>/", things.order_deed, name="order_deed"),
    path("desk/led/", things.led, name="led"),
    path("desk/led/<int:pk>/", things.led_page, name="led_page"),
    path("desk/led/<int:pk>/<slug:deed>/", things.led_deed, name="led_deed"),
    path("desk/conferences/", things.conferences, name="conferences"),
    path("desk/conferences/<int:pk>/", things.conference, name="conference"),
    path("desk/conferences/<int:pk>/<slug:deed>/", things.conference_deed, name="conference_deed"),
    path("desk/conferences/seats/<int:pk>/<slug:deed>/", things.seat_deed, name="seat_deed"),
    path("desk/conferences/tasks/<int:pk>/<slug:deed>/", things.task_deed, name="task_deed"),
    path("desk/incidents/", things.incidents, name="incidents"),
    path("desk/incidents/new/", things.incident_new, name="incident_new"),
    path("desk/incidents/<int:pk>/", things.incident, name="incident"),
    path("desk/incidents/<int:pk>/<slug:deed>/", things.incident_deed, name="incident_deed"),
    path("desk/incidents/receipts/<int:pk>/<slug:deed>/", things.receipt_deed, name="receipt_deed"),
    path("desk/incidents/steps/<int:pk>/<slug:deed>/", things.tick_deed, name="tick_deed"),
    path("desk/clearing/", looking_through.clearing, name="clearing"),
    path("desk/reviews/", looking_through.reviews, name="reviews"),
    path("desk/lapses/", things.lapses, name="lapses"),
    path("desk/lapses/<int:pk>/<slug:deed>/", things.lapse_deed, name="lapse_deed"),
]
