"""Addresses of the shell."""

from django.urls import path

from fengqiao.web import views

app_name = "web"

urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("display/", views.display, name="display"),
    path("ui-kit/", views.ui_kit, name="ui-kit"),
]
