"""Addresses of the district's data."""

from django.urls import path

from .screens import views

AT = "desk/district/<str:table>/"

urlpatterns = [
    path("desk/district/", views.tables, name="district_tables"),
    path("desk/district/history/", views.history, name="district_history"),
    path("desk/district/history/<int:seq>/undo/", views.undo, name="district_undo"),
    path(AT, views.table, name="district_table"),
    path(f"{AT}row/", views.row, name="district_row"),
    path(f"{AT}add/", views.add, name="district_add"),
    path(f"{AT}edit/", views.edit, name="district_edit"),
    path(f"{AT}renew/", views.renew, name="district_renew"),
    path(f"{AT}upload/", views.upload, name="district_upload"),
    path(f"{AT}confirm/", views.confirm, name="district_confirm"),
    path(f"{AT}download/", views.download, name="district_download"),
]
