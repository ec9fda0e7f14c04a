"""The root of all addresses: every module names its own paths in its urls.py, in full."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [path("", include(f"{module}.urls")) for module in settings.OWN_APPS if find_spec(f"{module}.urls")]

handler400 = "fengqiao.web.errors.bad_request"
handler403 = "fengqiao.web.errors.permission_denied"
handler404 = "fengqiao.web.errors.not_found"
handler500 = "fengqiao.web.errors.server_error"
