"""Addresses of agreements: the desk's pages, signing by link, by pass or on the desk's screen, and the public check."""

from django.urls import path

from .views import verify

urlpatterns = [
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>/", verify.verify_paper, name="verify_paper"),
]
