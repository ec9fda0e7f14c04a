"""All addresses, and one for the page of a dispute: the desk is tested elsewhere."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("desk/disputes/<str:number>/", lambda request, number: HttpResponse(number), name="dispute"),
    path("", include("fengqiao.config.urls")),
]
