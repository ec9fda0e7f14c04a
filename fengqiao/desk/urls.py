"""Addresses of the desk."""

from django.urls import include, path

from .calendar import views as calendar
from .dispatching import views as dispatching
from .figures import views as figures
from .oversight import views as oversight
from .roster import exports as roster_exports
from .roster import importing as roster_importing
from .roster import views as roster
from .saved import views as saved
from .structure import views as structure
from .views import addresses, dispute, duty, lists, looks

AT = "desk/disputes/<str:number>/"
ADDRESS = "desk/addresses/<str:address>/"

urlpatterns = [
    path("desk/", lists.worklist, name="worklist"),
    path("desk/export/", lists.export_worklist, name="export_worklist"),
    path("desk/dispatch/", dispatching.dispatch_many, name="dispatch_many"),
    path("desk/views/", saved.views, name="saved_views"),
    path("desk/views/save/", saved.save, name="save_view"),
    path("desk/views/<int:pk>/<slug:act>/", saved.change, name="change_view"),
    path("desk/search/", lists.search, name="search"),
    path("desk/disputes/", lists.disputes, name="disputes"),
    path("desk/disputes/export/", lists.export_disputes, name="export_disputes"),
    path("desk/figures/", figures.figures, name="figures"),
    path("desk/figures/export/", figures.export_figures, name="export_figures"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/calendar/year/", calendar.year, name="calendar_year"),
    path("desk/oversight/", oversight.oversight, name="oversight"),
    path("desk/oversight/<slug:heap>/", oversight.oversight_heap, name="oversight_heap"),
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
    path("", include("fengqiao.desk.administration.urls")),
]
