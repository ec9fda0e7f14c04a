"""Addresses of the desk."""

from django.urls import path

from .roster import exports as roster_exports
from .roster import importing as roster_importing
from .roster import views as roster
from .views import dispute, lists, looks, office

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
    path("desk/office/", office.office, name="office"),
    path("desk/ledger/", office.ledger, name="ledger"),
    path("desk/ledger/verify/", office.verify_ledger, name="verify_ledger"),
    path("desk/ledger/seals.json", office.seals, name="seals"),
    path("desk/roster/", roster.roster, name="roster"),
    path("desk/roster/new/", roster.new, name="roster_new"),
    path("desk/roster/export/", roster_exports.export, name="roster_export"),
    path("desk/roster/import/", roster_importing.bring_in, name="roster_import"),
    path("desk/roster/<int:pk>/", roster.entry, name="roster_entry"),
    path("desk/roster/<int:pk>/change/", roster.change, name="roster_change"),
    path("desk/roster/<int:pk>/sealed/", roster.sealed, name="roster_sealed"),
    path("desk/roster/<int:pk>/card/", roster.card, name="roster_card"),
    path("desk/roster/<int:pk>/photo/", roster.photo, name="roster_photo"),
    path("desk/roster/<int:pk>/<slug:act>/", roster.decide, name="roster_decide"),
]
