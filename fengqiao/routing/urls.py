"""Addresses of the acts of routing, each named like its act; and of the rules."""

from django.urls import path

from . import views
from .joint import slips
from .rules import views as rules

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path("desk/rules/", rules.rules, name="rules"),
    path("desk/rules/history/", rules.history, name="rules_history"),
    path("desk/rules/<int:version>/", rules.version, name="rules_version"),
    path("desk/rules/draft/", rules.draft, name="rules_draft"),
    path("desk/rules/draft/add/", rules.add, name="rules_add"),
    path("desk/rules/draft/drop/", rules.drop, name="rules_drop"),
    path("desk/rules/draft/publish/", rules.publish, name="rules_publish"),
    path("desk/rules/draft/<int:n>/", rules.edit, name="rules_edit"),
    path("desk/rules/draft/<int:n>/move/", rules.move, name="rules_move"),
    path("desk/rules/draft/<int:n>/remove/", rules.remove, name="rules_remove"),
    path(f"{AT}dispatch/", views.dispatch, name="dispatch"),
    path(f"{AT}accept/", views.accept, name="accept"),
    path(f"{AT}return/", views.return_back, name="return"),
    path(f"{AT}reject/", views.reject, name="reject"),
    path(f"{AT}escalate/", views.escalate, name="escalate"),
    path(f"{AT}refer-down/", views.refer_down, name="refer_down"),
    path(f"{AT}transfer/", views.transfer, name="transfer"),
    path(f"{AT}call-in/", views.call_in, name="call_in"),
    path(f"{AT}answer-call/", views.answer_call, name="answer_call"),
    path(f"{AT}attendance/", views.attendance, name="attendance"),
    path(f"{AT}tasks/<int:n>/assign/", views.task_assign, name="task_assign"),
    path(f"{AT}tasks/<int:n>/close/", views.task_close, name="task_close"),
    path(f"{AT}tasks/<int:n>/return/", views.task_return, name="task_return"),
    path(f"{AT}tasks/<int:n>/drop/", views.task_drop, name="task_drop"),
    path(f"{AT}tasks/<int:n>/slip/", slips.slip, name="task_slip"),
    path(f"{AT}raise-tier/", views.raise_tier, name="raise_tier"),
    path(f"{AT}lower-tier/", views.lower_tier, name="lower_tier"),
    path(f"{AT}lead/", views.lead, name="lead"),
    path(f"{AT}merge/", views.merge, name="merge"),
    path(f"{AT}hand-over/", views.hand_over, name="hand_over"),
    path(f"{AT}grade/", views.grade, name="grade"),
    path(f"{AT}remind/", views.remind, name="remind"),
    path(f"{AT}restrict/", views.restrict, name="restrict"),
    path(f"{AT}unrestrict/", views.unrestrict, name="unrestrict"),
]
