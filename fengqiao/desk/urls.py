"""Addresses of the desk."""

from django.urls import path

from .views import dispute, duty, lists, looks, office

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
    path("desk/office/", office.office, name="office"),
    path("desk/ledger/", office.ledger, name="ledger"),
    path("desk/ledger/verify/", office.verify_ledger, name="verify_ledger"),
    path("desk/ledger/seals.json", office.seals, name="seals"),
]
