"""Addresses of the desk."""

from django.urls import include, path

from .views import dispute, lists, looks

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path("desk/", lists.worklist, name="worklist"),
    path("desk/export/", lists.export_worklist, name="export_worklist"),
    path("desk/search/", lists.search, name="search"),
    path("desk/disputes/", lists.disputes, name="disputes"),
    path("desk/disputes/export/", lists.export_disputes, name="export_disputes"),
    path(AT, dispute.dispute, name="dispute"),
    path(f"{AT}print/", dispute.printed, name="dispute_print"),
    path(f"{AT}verify/", dispute.verify, name="dispute_verify"),
    path(f"{AT}looks/", looks.looks, name="looks"),
    path(f"{AT}looks/<int:party>/<str:what>/", looks.reveal, name="reveal"),
    path(f"{AT}papers/add/", dispute.add_paper, name="add_paper"),
    path("", include("fengqiao.desk.administration.urls")),
]
