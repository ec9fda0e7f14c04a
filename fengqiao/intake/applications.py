"""An application under way: begun in a browser, saved step by step, held files, submitted once, forgotten after a week."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.passes import Issued
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index, blind_indexes
from fengqiao.ledger.hashing import digest_of_bytes
from fengqiao.papers.commands import Upload
from fengqiao.papers.commands import checked as checked_upload

from .answers import KNOWN, LISTS, draft_from
from .commands import MOST_FILES, Reception, apply_online
from .models import KEPT_FOR, Application, HeldFile
from .notice import notice_in_force

MOST_BEGUN, BEGUN_WITHIN = 5, timedelta(days=1)  # from one browser
MOST_SAVES = 200
LONGEST_ANSWERS = 40_000  # characters of JSON
FILES_KEPT = timedelta(hours=1)  # after submission, until housekeeping


@transaction.atomic
def begin(*, session: str, by: Any = None) -> tuple[Application, str]:
    """A new application and the token to keep in the browser's session. `session` is the session's key.

    Refused when this browser has begun five within a day.
    """
    since = timezone.now() - BEGUN_WITHIN
    indexes = blind_indexes(session, "session")
    if Application.objects.filter(session_index__in=indexes, created_at__gt=since).count() >= MOST_BEGUN:
        raise Refused(_("今天从这里填得太多了。请明天再来，或者到窗口、打电话登记。"))
    token = secrets.token_urlsafe(24)
    application = Application.objects.create(
        token_index=blind_index(token, "application"), session_index=blind_index(session, "session"),
        expires_at=timezone.now() + KEPT_FOR,
    )  # fmt: skip
    return application, token


def answers_of(application: Application) -> dict[str, Any]:
    """What has been filled in so far."""
    return json.loads(application.answers_json) if application.answers_json else {}


@transaction.atomic
def save_step(application: Application, *, step: int, answers: Mapping[str, Any], by: Any = None) -> Application:
    """Keep these answers beside the earlier ones; `step` is the step the person has reached (1 to 3).

    Refused for unknown answers, for too much text, and once submitted or expired.
    """
    row = _open(application)
    unknown = set(answers) - KNOWN
    if unknown:
        raise Refused(_("有一项内容不认识，请刷新后重填。"))
    whole = {**answers_of(row), **{name: _plain(name, value) for name, value in answers.items()}}
    text = json.dumps(whole, ensure_ascii=False)
    if len(text) > LONGEST_ANSWERS:
        raise Refused(_("写得太长了，请短一些，其余的可以拍照作为材料。"))
    if row.saves >= MOST_SAVES:
        raise Refused(_("保存得太频繁了，请过一会儿再试。"))
    row.answers_json, row.step, row.saves = text, max(row.step, step), row.saves + 1
    row.expires_at = timezone.now() + KEPT_FOR
    row.save()
    return row


@transaction.atomic
def accept_notice(application: Application, *, sensitive: bool, by: Any = None) -> Application:
    """The person has read the privacy notice and agrees; `sensitive` is their separate consent (个人信息保护法 29)."""
    row = _open(application)
    row.notice, row.sensitive = notice_in_force(), sensitive
    row.save()
    return row


@transaction.atomic
def hold_file(application: Application, *, upload: Upload, by: Any = None) -> HeldFile:
    """Keep a PDF, JPEG or PNG of at most 10 MB until the application is confirmed; at most six. The same file counts once."""
    row = _open(application)
    data, media_type = checked_upload(upload)
    sha256 = digest_of_bytes(data)
    if same := row.files.filter(sha256=sha256).first():
        return same
    if row.files.count() >= MOST_FILES:
        raise Refused(_("最多传 %(n)d 个文件。请先去掉一个，或者带到窗口。") % {"n": MOST_FILES})
    held = HeldFile(
        application=row, key=secrets.token_hex(16), name=(upload.name or "")[:120], media_type=media_type,
        size=len(data), sha256=sha256,
    )  # fmt: skip
    held.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    held.path.write_bytes(data)  # before the row: a row always has its file; a lone file goes with housekeeping
    held.save(force_insert=True)
    return held


@transaction.atomic
def drop_file(held: HeldFile, *, by: Any = None) -> None:
    """The person takes a file back before confirming."""
    _open(held.application)
    held.delete()


@transaction.atomic
def submit(application: Application, *, by: Any = None) -> Reception:
    """The person confirms: the answers and files become a dispute. Submitted twice, it stays one and no new PIN is given.

    Refused without the consent, and for answers that do not hold together.
    """
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.dispute is not None:
        return Reception(row.dispute, None, Issued(row.dispute.applicants[0].access, ""))
    row = _open(row)
    if row.notice is None:
        raise Refused(_("请先看完个人信息怎么用，同意了再提交。"))
    answers = {**answers_of(row), "sensitive": row.sensitive}
    files = [_Held(held) for held in row.files.all()]
    reception = apply_online(draft=draft_from(answers), uploads=files, by=by, notice=row.notice)
    row.dispute, row.answers_json = reception.dispute, ""  # what was typed now stands in the dispute
    row.expires_at = timezone.now() + FILES_KEPT
    row.save()
    return reception


def forget_expired() -> int:
    """Delete what nobody can come back to, with its files, and files without a row. Returns how many went.

    Source: 个人信息保护法 47. Safe to run often; a submitted application's files live on as papers of the dispute.
    """
    gone = list(Application.objects.gone()[:500])
    for application in gone:
        for held in application.files.all():
            held.path.unlink(missing_ok=True)
        application.delete()
    return len(gone) + _sweep()


class _Held:
    """A held file, as papers takes an upload."""

    def __init__(self, held: HeldFile) -> None:
        self.held = held
        self.name: str | None = held.name
        self.size: int | None = held.size

    def read(self) -> bytes:
        return self.held.read()


def _open(application: Application) -> Application:
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.is_submitted:
        raise Refused(_("这件事已经交上来了，不能再改。要补充材料，请用查询码进来补。"))
    if row.expires_at <= timezone.now():
        raise Refused(_("放了七天没有提交，已经清除。请重新填写。"))
    return row


def _plain(name: str, value: Any) -> Any:
    if name in LISTS:
        return [str(item)[:40] for item in value][:10]
    return value if isinstance(value, bool) else str(value)


def _sweep() -> int:
    """Files whose row is gone, such as one dropped, or written in a transaction that failed."""
    folder = HeldFile(key="x").path.parent
    if not folder.is_dir():
        return 0
    old = timezone.now().timestamp() - FILES_KEPT.total_seconds()
    known = set(HeldFile.objects.values_list("key", flat=True))
    strays = [path for path in folder.iterdir() if path.name not in known and path.stat().st_mtime < old]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
