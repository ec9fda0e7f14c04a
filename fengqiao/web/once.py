"""Done once: a submission sent twice with the same key is answered with the first answer and changes nothing more."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index
from fengqiao.web.actors import actor_of
from fengqiao.web.models import Once

Answer = Callable[[], HttpResponse]
FORM_KEY = "form_key"
LONGEST_KEY = 200


class KeyReused(Refused):
    """The key has been used for something else. The API answers 422, a page 409."""


@transaction.atomic
def once(key: str, *, actor: str, path: str, fingerprint: str, answer: Answer) -> HttpResponse:
    """The answer to this key: the stored one, or that of `answer()`, which then runs in this transaction.

    A second sender with the same key waits for the first to commit. Only answers below 400 are remembered, so that a
    refused or invalid submission may be corrected and sent again. Raises `KeyReused` for another body or address.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyReused(_("提交编号不能空，也不能超过 200 个字符。"))
    # keyed, and the address is in it: an address may be a key itself, as a signing link is
    mark = blind_index(f"{path} {fingerprint}", "once")
    first = _first(key, actor=actor, mark=mark)
    if first is None:
        return _replay(Once.objects.get(actor=actor, key=key), mark)
    response = answer()
    if response.status_code >= 400:
        first.delete()
        return response
    first.status, first.body = response.status_code, response.content.decode(response.charset)
    first.content_type = response.headers.get("Content-Type", "")
    first.location = response.headers.get("Location") or response.headers.get("HX-Redirect", "")
    first.save(update_fields=["status", "body", "content_type", "location"])
    return response


def fingerprint_of(body: bytes) -> str:
    """What tells two bodies apart."""
    return hashlib.sha256(body).hexdigest()


def forget_expired() -> int:
    """Delete answers that nobody will ask for any more. Returns how many rows went."""
    return Once.objects.expired().delete()[0]


def idempotent_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views whose form carries `{% form_key %}`. Put it under `@acting`, which shows the refusal."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(FORM_KEY, "") if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        sent = {"actor": _sender(request), "path": request.path, "fingerprint": _form_fingerprint(request)}
        return once(key, **sent, answer=lambda: view(request, *args, **kwargs))

    return wrapped


def _sender(request: HttpRequest) -> str:
    """Whose keys these are. People without an account share one name: their keys are random and long."""
    actor = actor_of(request)
    return actor.ledger_id if actor else "anyone"


def _first(key: str, **sent: str) -> Once | None:
    """The new row, or none where the key is already taken. A taken key is no error that would need a savepoint."""
    row = Once(key=key, **sent)
    fields = [field for field in Once._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    names, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {Once._meta.db_table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING RETURNING id"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        made = cursor.fetchone()
    if made is None:
        return None
    row.pk, row._state.adding = made[0], False
    return row


def _replay(row: Once, mark: str) -> HttpResponse:
    if row.mark != mark:
        raise KeyReused(_("这张表已经交过一次，内容和这次不一样。要再交一份，请重新打开表格。"))
    response = HttpResponse(row.body, status=row.status, content_type=row.content_type or None)
    if row.location:
        response.headers["HX-Redirect" if row.status == 200 else "Location"] = row.location
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _form_fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256()
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
