"""The root of all addresses: every module names its own paths in its urls.py, in full."""

from django.urls import include, path

urlpatterns = [
    path("", include("fengqiao.portal.urls")),
    path("", include("fengqiao.desk.urls")),
    path("", include("fengqiao.district.urls")),
    path("", include("fengqiao.api.urls")),
    path("", include("fengqiao.notices.urls")),
    path("", include("fengqiao.supervision.urls")),
    path("", include("fengqiao.intake.urls")),
    path("", include("fengqiao.routing.urls")),
    path("", include("fengqiao.mediation.urls")),
    path("", include("fengqiao.agreements.urls")),
    path("", include("fengqiao.fulfilment.urls")),
    path("", include("fengqiao.callbacks.urls")),
    path("", include("fengqiao.web.urls")),
    path("", include("fengqiao.papers.urls")),
]

handler400 = "fengqiao.web.errors.bad_request"
handler403 = "fengqiao.web.errors.permission_denied"
handler404 = "fengqiao.web.errors.not_found"
handler500 = "fengqiao.web.errors.server_error"
