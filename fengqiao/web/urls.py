"""Addresses of the shell."""

from django.urls import path

from fengqiao.web import views
from fengqiao.web.account import door, leave, security

app_name = "web"

urlpatterns = [
    path("login/", door.sign_in, name="login"),
    path("login/factor/", door.second_factor, name="second-factor"),
    path("login/passkey/", door.passkey_alone, name="passkey-alone"),
    path("login/passkey/ask/", door.ask_passkey, name="ask-passkey"),
    path("login/county/", door.to_county, name="to-county"),
    path("login/county/back/", door.from_county, name="from-county"),
    path("logout/", door.sign_out, name="logout"),
    path("account/", security.security, name="security"),
    path("account/password/", security.password, name="password"),
    path("account/app/", security.bind_app, name="bind-app"),
    path("account/app/off/", security.unbind_app, name="unbind-app"),
    path("account/codes/", security.renew_codes, name="renew-codes"),
    path("account/passkey/", security.bind_passkey, name="bind-passkey"),
    path("account/passkey/ask/", security.ask_to_bind, name="ask-to-bind"),
    path("account/passkey/<int:pk>/off/", security.unbind_passkey, name="unbind-passkey"),
    path("account/sessions/end/", security.end_sessions, name="end-sessions"),
    path("account/leave/", leave.leave, name="leave"),
    path("account/leave/<int:pk>/end/", leave.call_off, name="call-off"),
    path("display/", views.display, name="display"),
    path("ui-kit/", views.ui_kit, name="ui-kit"),
]
