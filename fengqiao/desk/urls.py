"""Addresses of the desk."""

from django.urls import include, path

from .structure import views as structure
from .views import addresses, dispute, duty, lists, looks

AT = "desk/disputes/<str:number>/"
ADDRESS = "desk/addresses/<str:address>/"

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
    path("desk/bodies/", structure.bodies, name="bodies"),
    path("desk/bodies/new/", structure.propose, name="propose_body"),
    path("desk/bodies/<int:pk>/", structure.body, name="body"),
    path("desk/bodies/<int:pk>/<slug:name>/", structure.act, name="body_act"),
    path("desk/bodies/<int:pk>/seats/<int:member>/", structure.unseat, name="unseat"),
    path("desk/addresses/", addresses.addresses, name="addresses"),
    path("desk/addresses/add/", addresses.add_address, name="add_address"),
    path("desk/addresses/like/", addresses.address_options, name="address_options"),
    path("desk/addresses/import/", addresses.import_addresses, name="import_addresses"),
    path("desk/addresses/export/", addresses.export_addresses, name="export_addresses"),
    path(ADDRESS, addresses.address_page, name="address"),
    *addresses.routes(ADDRESS),
    path("desk/duty/", duty.duty, name="duty"),
    path("desk/duty/add/", duty.add_shift, name="duty_add"),
    path("desk/duty/import/", duty.import_roster, name="duty_import"),
    path("desk/duty/export/", duty.export_roster, name="duty_export"),
    path("desk/duty/<int:pk>/change/", duty.change_shift, name="duty_change"),
    path("desk/duty/<int:pk>/end/", duty.end_shift, name="duty_end"),
    path("desk/duty/<int:pk>/call/", duty.call_out, name="duty_call"),
    path("desk/duty/calls/<int:pk>/answered/", duty.answered, name="duty_answered"),
    path("desk/duty/people/<int:pk>/", duty.note_attendance, name="duty_note"),
    path("desk/attendance/", duty.attendance, name="attendance"),
    path("", include("fengqiao.desk.administration.urls")),
]
