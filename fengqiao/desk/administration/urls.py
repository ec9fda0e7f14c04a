"""Addresses of the administration."""

from django.urls import path

from fengqiao.desk.administration import audit, roles, security, system

urlpatterns = [
    path("desk/office/", system.office, name="office"),
    path("desk/office/accounts/new/", system.new_account, name="new_account"),
    path("desk/office/accounts/<int:pk>/correct/", system.correct_account, name="correct_account"),
    path("desk/office/accounts/<int:pk>/", system.account, name="keep_account"),
    path("desk/accounts/", security.listed, name="secure_accounts"),
    path("desk/accounts/<int:pk>/", security.account, name="secure_account"),
    path("desk/accounts/address/", security.unlock_address, name="unlock_address"),
    path("desk/roles/", roles.roles, name="role_changes"),
    path("desk/roles/<int:pk>/", roles.decide_role, name="decide_role"),
    path("desk/ledger/", audit.ledger, name="ledger"),
    path("desk/ledger/verify/", audit.verify_ledger, name="verify_ledger"),
    path("desk/ledger/seals.json", audit.seals, name="seals"),
    path("desk/access/", audit.access_log, name="access_log"),
    path("desk/access/export/", audit.export_access_log, name="export_access_log"),
]
