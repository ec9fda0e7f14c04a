"""Addresses of the portal."""

from django.urls import path

from .views import acts, apply, choose, claims, data, follow, home, my, queue

urlpatterns = [
    path("", home.home, name="home"),
    path("windows/", home.windows_page, name="windows"),
    path("queue/", queue.halls, name="queue_halls"),
    path("queue/<slug:key>/", queue.take_number, name="queue_take"),
    path("q/<str:token>/", queue.follow_queue, name="queue_follow"),
    path("other-ways/", home.other_ways, name="other_ways"),
    path("apply/", apply.what, name="apply"),
    path("apply/who/", apply.who, name="apply_who"),
    path("apply/check/", apply.check, name="apply_check"),
    path("apply/forget/", apply.give_up, name="apply_forget"),
    path("code/", follow.code, name="code"),
    path("follow/", follow.follow, name="follow"),
    path("f/<str:token>/", follow.by_token, name="follow_token"),
    path("my/", my.my, name="my"),
    path("my/looks/", my.looks, name="my_looks"),
    path("my/leave/", my.go_out, name="my_leave"),
    path("my/code/", my.new_code, name="my_code"),
    path("my/willing/", acts.willing, name="my_willing"),
    path("my/rating/", acts.rating, name="my_rating"),
    path("my/objection/", acts.objection, name="my_objection"),
    path("my/mediator/", choose.my_mediator, name="my_mediator"),
    path("my/mediator/<int:pk>/", choose.answer, name="my_mediator_answer"),
    path("mediators/", choose.mediators, name="mediators"),
    path("mediators/<int:pk>/", choose.mediator, name="mediator"),
    path("mediators/<int:pk>/photo/", choose.photo, name="mediator_photo"),
    path("mediators/<int:pk>/pick/", choose.add, name="mediator_pick"),
    path("mediators/<int:pk>/drop/", choose.drop, name="mediator_drop"),
    path("card/<str:token>/", choose.card, name="card"),
    path("card/<str:token>/photo/", choose.card_photo, name="card_photo"),
    path("my/data/", data.my_data, name="my_data"),
    path("my/data/notice/<int:pk>/", data.my_notice, name="my_notice"),
    path("my/correction/", data.my_correction, name="my_correction"),
    path("my/withdraw/", acts.withdrawal, name="my_withdraw"),
    path("my/material/", acts.material, name="my_material"),
    path("my/performed/<int:pk>/", claims.performed, name="my_performed"),
    path("my/check/<int:pk>/", claims.check_claim, name="my_check"),
]
