"""What the archive is made of: the same record gives the same bytes, and its proofs hold on either database."""

import hashlib
import json
import zipfile

import pytest
from django.utils.translation import override

from fengqiao.callbacks.manifest import MANIFEST
from fengqiao.callbacks.package import build, drafted
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import public_key, seal
from tests.fulfilment.scenes import today

from .scenes import archived, ready, verifier

pytestmark = pytest.mark.django_db


def test_the_same_record_gives_the_same_bytes_whatever_language_the_screen_speaks():
    scene = ready()
    made = []
    at = Entry.objects.of("dispute", scene.dispute.pk).last().at
    for language in ("zh-hans", "en"):
        with override(language), drafted(build(scene.fresh(), years=10, by=scene.clerk, at=at)) as draft:
            made.append(draft.sha256)
    assert made[0] == made[1]


def test_the_latest_seal_over_the_story_is_told():
    scene = ready()
    seal(today())
    _scene, archive = archived(scene)
    with zipfile.ZipFile(archive.file) as pack:
        told = json.loads(pack.read(MANIFEST))["seal"]
    assert told["public_key"] == public_key() == told["last"]["key"]
    assert told["sealed_up_to"] == told["last"]["seq"] > 0
    assert verifier(archive.file).returncode == 0


def test_an_entry_whose_words_were_removed_by_law_still_holds():
    scene = ready()
    entry = Entry.objects.of("dispute", scene.dispute.pk).first()
    Entry.objects.filter(pk=entry.pk).update(payload=None, salt="")
    _scene, archive = archived(scene)
    assert verifier(archive.file).returncode == 0


def test_sm3_is_checked_where_python_can_and_admitted_where_not(settings):
    settings.LEDGER_HASH = "sm3"
    _scene, archive = archived()
    said = verifier(archive.file)
    if "sm3" in hashlib.algorithms_available:
        assert said.returncode == 0, said.stdout
    else:
        assert said.returncode == 2
        assert "the chain was not checked" in said.stdout
