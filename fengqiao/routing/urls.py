"""Addresses of the acts of routing; each is named like its act."""

from django.urls import path

from . import views

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path(f"{AT}dispatch/", views.dispatch, name="dispatch"),
    path(f"{AT}accept/", views.accept, name="accept"),
    path(f"{AT}return/", views.return_back, name="return"),
    path(f"{AT}reject/", views.reject, name="reject"),
    path(f"{AT}escalate/", views.escalate, name="escalate"),
    path(f"{AT}refer-down/", views.refer_down, name="refer_down"),
    path(f"{AT}transfer/", views.transfer, name="transfer"),
    path(f"{AT}call-in/", views.call_in, name="call_in"),
    path(f"{AT}answer-call/", views.answer_call, name="answer_call"),
    path(f"{AT}merge/", views.merge, name="merge"),
    path(f"{AT}hand-over/", views.hand_over, name="hand_over"),
    path(f"{AT}grade/", views.grade, name="grade"),
    path(f"{AT}remind/", views.remind, name="remind"),
    path(f"{AT}restrict/", views.restrict, name="restrict"),
    path(f"{AT}unrestrict/", views.unrestrict, name="unrestrict"),
]
