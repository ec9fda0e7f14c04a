"""Addresses of the inbox, of one's wishes, of the outbox, and of the gateway's reports."""

from django.urls import path

from . import reports
from .views import inbox, outbox, wishes

urlpatterns = [
    path("desk/notices/", inbox.inbox, name="notices"),
    path("desk/notices/read/", inbox.read_notices, name="notices_read"),
    path("desk/notices/wishes/", wishes.preferences, name="notice_wishes"),
    path("desk/notices/<int:pk>/open/", inbox.open_notice, name="notice_open"),
    path("desk/outbox/", outbox.outbox, name="outbox"),
    path("desk/outbox/settle/", outbox.settle, name="outbox_settle"),
    path("desk/outbox/<int:pk>/", outbox.message, name="message"),
    path("messages/report/", reports.report, name="message_report"),
]
